/** Where an issue of plain files is kept, from the workspace folder. */
export const deskFolder = ".desk";

const mostOfTitle = 48;

/** Names that Windows gives to devices. */
const reserved = /^(?:con|prn|aux|nul|com\d|lpt\d)$/;

/** The path of a new issue's file: letters a-z, digits and hyphens only, safe on every file system. */
export function issuePath(kind: string, number: number, title: string): string {
  const folder = slug(kind, "issue");
  return `${deskFolder}/${reserved.test(folder) ? `${folder}-kind` : folder}/${number}-${slug(title, "issue")}.md`;
}

/** The path of the log that belongs to an issue's file. */
export function eventsPath(issueFile: string): string {
  return issueFile.replace(/(\/[1-9]\d*)(?:-[^/]*)?\.md$/, "$1.events.jsonl");
}

/** The number in the name of an issue's file; `undefined` for any other file. */
export function issueNumber(name: string): number | undefined {
  const digits = /^([1-9]\d{0,8})(?:-[^/]*)?\.md$/.exec(name)?.[1];
  return digits === undefined ? undefined : Number(digits);
}

function slug(text: string, otherwise: string): string {
  const words = text
    .slice(0, 4 * mostOfTitle)
    .normalize("NFKD")
    .replace(/\p{M}+/gu, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+/, "")
    .slice(0, mostOfTitle)
    .replace(/-+$/, "");
  return words === "" ? otherwise : words;
}
