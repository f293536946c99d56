/**
 * The path without a leading `./` and trailing `/`; empty for the folder itself. `undefined` when it could lead out of
 * its folder or into a repository's own store.
 */
export function safePath(text: string): string | undefined {
  if (/[\\\u0000-\u001f\u007f]/.test(text) || /^[/~]|^[A-Za-z][A-Za-z0-9+.-]*:/.test(text)) return undefined;
  const parts = text.split("/").filter((part) => part !== "" && part !== ".");
  return parts.some((part) => /^\.+$/.test(part.trim()) || part.toLowerCase() === ".git") ? undefined : parts.join("/");
}
