import * as vscode from "vscode";
import { splitYamlFrontMatter } from "../../../core/markup/frontMatter";
import { factSheet, type FactSheet } from "../../../core/postmortem/review/factSheet";
import { intervalPicture } from "../../../core/postmortem/review/intervalPicture";
import { renderHtmlDocument } from "../../../markdown/htmlDocument";
import type { DeskSession } from "../../app/session";
import { imagePath, linkDestination } from "../../panels/shared/links";
import { runInBackground } from "../../platform/background";
import type { CommandEnd, DeskTools } from "../input/command";
import { type SavedExport, saveExport } from "../input/saveExport";
import { choosePostmortem } from "./postmortemTarget";

/** Exports a post-mortem as one HTML file that prints well. */
export async function exportHtml({ session }: DeskTools, [argument]: readonly unknown[]): Promise<CommandEnd> {
  const file = await choosePostmortem(session, argument, vscode.l10n.t("Export as HTML"));
  if (file?.kind !== "ok") return file;
  const { path, document } = file.value;
  const { postmortem, text } = document;
  return saveHtml(session, { path, title: postmortem.title, text, name: path, picture: intervalPicture(postmortem), ...factSheet(postmortem, session.desk.config().timezone) });
}

/** A Markdown text to be exported, relative to the post-mortem at `path`. */
interface HtmlExport extends FactSheet {
  readonly path: string;
  readonly title: string;
  readonly text: string;
  /** The path of the new file, with any extension. */
  readonly name: string;
  readonly picture: string | undefined;
  /** Relative links, which lead to files of the team, are not turned into addresses. */
  readonly isPublic?: true;
}

/** Asks for a file and writes the text to it as HTML, with its pictures. */
export async function saveHtml(session: DeskSession, { path, title, text, name, picture, facts, tables, isPublic }: HtmlExport): Promise<CommandEnd> {
  const t = vscode.l10n.t;
  const defaultUri = vscode.Uri.joinPath(session.folder.uri, ...name.replace(/\.md$/i, ".html").split("/"));
  const body = (splitYamlFrontMatter(text)?.body ?? text).trimStart();
  const saved = await saveExport({ defaultUri, filters: { HTML: ["html"] }, title: t("Export as HTML") }, async () =>
    renderHtmlDocument({ title: title === "" ? "Post-mortem" : title, facts, ...(picture === undefined ? {} : { picture }), tables, body, pictures: await pictures(session, body, path), ...(isPublic === true ? {} : { addressOf: (href: string) => webAddress(session, href, path) }) }),
  );
  if (saved?.kind === "ok") runInBackground(offerOpen(saved.value), session.log);
  return saved;
}

async function offerOpen({ uri, name }: SavedExport): Promise<void> {
  const t = vscode.l10n.t;
  const [show, source] = [t("Open in Browser"), t("Open File")];
  const actions = uri.scheme === "file" && vscode.env.remoteName === undefined ? [show, source] : [source];
  const chosen = await vscode.window.showInformationMessage(t("The post-mortem was exported to {0}.", name), ...actions);
  if (chosen === show) await vscode.env.openExternal(uri);
  if (chosen === source) await vscode.window.showTextDocument(uri);
}

/** The web address of a file of the workspace, where the store has one. */
function webAddress(session: DeskSession, href: string, from: string): string | undefined {
  const target = linkDestination(href, from);
  if (target.kind !== "file") return undefined;
  const url = session.runbooks.urlOf(target.path);
  return url === undefined ? undefined : `${url}${target.fragment === undefined ? "" : `#${encodeURIComponent(target.fragment)}`}`;
}

/** Bytes of pictures that one document can contain. */
const maxPictures = 8_000_000;

const types: Readonly<Record<string, string>> = { png: "image/png", jpg: "image/jpeg", jpeg: "image/jpeg", gif: "image/gif", webp: "image/webp", avif: "image/avif", bmp: "image/bmp" };

/** The pictures of the workspace that the text shows, as data URIs. The first ones are embedded, until the document would be too large. */
async function pictures(session: DeskSession, text: string, from: string): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  let left = maxPictures;
  for (const [, href = ""] of text.matchAll(/!\[[^\]]*\]\(\s*<?([^()\s<>]+)>?[^()]*\)/g)) {
    const path = imagePath(href, from);
    const type = types[/\.(\w+)$/.exec(path ?? "")?.[1]?.toLowerCase() ?? ""];
    const uri = path === undefined ? undefined : session.paths.uriOf(path);
    if (uri === undefined || type === undefined || found.has(href)) continue;
    const bytes = await readBytes(uri);
    if (bytes === undefined || bytes.length > left) continue;
    left -= bytes.length;
    found.set(href, `data:${type};base64,${base64(bytes)}`);
  }
  return found;
}

async function readBytes(uri: vscode.Uri): Promise<Uint8Array | undefined> {
  try {
    return await vscode.workspace.fs.readFile(uri);
  } catch {
    return undefined;
  }
}

/** Encodes bytes in slices, because a call has a limited number of arguments. */
function base64(bytes: Uint8Array): string {
  const parts: string[] = [];
  for (let at = 0; at < bytes.length; at += 0x8000) parts.push(String.fromCharCode(...bytes.subarray(at, at + 0x8000)));
  return btoa(parts.join(""));
}
