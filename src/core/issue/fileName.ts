/** Where an issue of plain files is kept, from the workspace folder. */
export const deskFolder = ".desk";

const mostOfTitle = 48;
const logEnding = ".events.jsonl";

/** Names that Windows gives to devices. */
const reserved = /^(?:con|prn|aux|nul|com\d|lpt\d)$/;

/** The path of a new issue's file: letters a-z, digits and hyphens only, safe on every file system. */
export function issuePath(kind: string, number: number, title: string): string {
  const folder = slug(kind, "issue");
  return `${deskFolder}/${reserved.test(folder) ? `${folder}-kind` : folder}/${number}-${slug(title, "issue")}.md`;
}

/**
 * The path of the same issue's file under another number, or under its own where another issue has its name. It ends with the
 * beginning of the id: no branch has another issue there.
 */
export function renumberedPath(issueFile: string, number: number, id: string | undefined): string {
  const mark = id === undefined ? "" : `-${id.slice(0, 6)}`;
  return issueFile.replace(/\/[1-9]\d*(-[^/]*)?\.md$/, (_all, rest: string | undefined) => `/${number}${(rest ?? "").endsWith(mark) ? (rest ?? "") : (rest ?? "") + mark}.md`);
}

/** The path of the log that belongs to an issue's file: named by the issue's id, or by its number where it has none. */
export function eventsPath(issueFile: string, id: string | undefined): string {
  return id === undefined ? issueFile.replace(/(\/[1-9]\d*)(?:-[^/]*)?\.md$/, `$1${logEnding}`) : issueFile.replace(/[^/]*$/, id + logEnding);
}

/** Whether a file holds an issue or a log, by its name. */
export function isDeskFile(path: string): boolean {
  const name = path.split("/").at(-1) ?? "";
  return issueNumber(name) !== undefined || name.endsWith(logEnding);
}

/** Tells Git how to merge what is below the desk's folder: of two branches' logs, all lines stay. */
export const gitAttributes = { path: `${deskFolder}/.gitattributes`, text: `*${logEnding} merge=union\n` } as const;

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
