import * as vscode from "vscode";

/**
 * Opens a link in the program for its scheme, exactly as it is, and returns whether that worked. VS Code decodes a `Uri` on the
 * way, so that a text with & or # is cut off. It accepts a text as well, although the types do not say so.
 */
export async function openLink(link: string): Promise<boolean> {
  try {
    const opened: unknown = await Reflect.apply(vscode.env.openExternal, vscode.env, [link]);
    return opened === true;
  } catch {
    return false;
  }
}
