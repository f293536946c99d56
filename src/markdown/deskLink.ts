import { type IssueRef, readRefKey, refKey } from "../core/model/issueRef";
import { decodeUri } from "../core/model/paths";
import { splitProcedurePath } from "../core/model/procedurePath";

/** The action of a button in a preview. It only runs a command that asks before it writes anything. */
export type DeskLink =
  | { readonly kind: "start"; readonly path: string; readonly section?: string }
  | { readonly kind: "declare"; readonly path: string }
  | { readonly kind: "request"; readonly path: string }
  | { readonly kind: "create"; readonly path: string; readonly line: number }
  | { readonly kind: "set"; readonly path: string; readonly line: number }
  | { readonly kind: "link"; readonly path: string; readonly line: number }
  | { readonly kind: "run"; readonly path: string; readonly line: number }
  | { readonly kind: "checklist"; readonly issue: IssueRef; readonly run: string };

/** Returns a link to the URI handler of the extension at `handler`, for example `vscode://publisher.name`. */
export function formatDeskLink(handler: string, link: DeskLink): string {
  return `${handler}/${link.kind}?${queryOf(link)}`;
}

function queryOf(link: DeskLink): string {
  if (link.kind === "checklist") return `issue=${encodeURIComponent(refKey(link.issue))}&run=${encodeURIComponent(link.run)}`;
  if (link.kind === "start" && link.section !== undefined) return `path=${encodeURIComponent(link.path)}&section=${encodeURIComponent(link.section)}`;
  return `path=${encodeURIComponent(link.path)}${"line" in link ? `&line=${link.line}` : ""}`;
}

/** Parses path and query of such an address. Anybody can create one, so everything unexpected returns `undefined`. */
export function parseDeskLink(path: string, query: string): DeskLink | undefined {
  const kind = path.replace(/^\//, "");
  const values = new Map<string, string>();
  for (const part of query.split("&")) {
    const [, key, value] = /^([a-z]+)=(.*)$/s.exec(part) ?? [];
    if (key === undefined || value === undefined || values.has(key)) return undefined;
    values.set(key, value);
  }
  if (kind === "checklist") return values.size === 2 ? readChecklist(values.get("issue") ?? "", values.get("run") ?? "") : undefined;
  const file = decodeUri(values.get("path") ?? "");
  if (file === undefined || !isRunbookPath(file)) return undefined;
  switch (kind) {
    case "start": {
      const section = decodeUri(values.get("section") ?? "");
      if (!values.has("section")) return values.size === 1 ? { kind, path: file } : undefined;
      return values.size === 2 && section !== undefined && isSectionSlug(section) ? { kind, path: file, section } : undefined;
    }
    case "declare":
    case "request":
      return values.size === 1 ? { kind, path: file } : undefined;
    case "create":
    case "set":
    case "link":
    case "run": {
      const line = values.get("line") ?? "";
      return values.size === 2 && /^(?:0|[1-9]\d{0,6})$/.test(line) ? { kind, path: file, line: Number(line) } : undefined;
    }
    default:
      return undefined;
  }
}

function readChecklist(issueText: string, checklistText: string): DeskLink | undefined {
  const issue = readRefKey(decodeUri(issueText) ?? "");
  const run = decodeUri(checklistText);
  const known = issue !== undefined && /^(?:local|\w[\w.-]{0,99}\/[\w.-]{1,100})$/.test(issue.repository);
  return known && run !== undefined && /^[^\p{Cc}]{1,100}$/u.test(run) ? { kind: "checklist", issue, run } : undefined;
}

/** Whether the text can be the slug of a heading: letters and digits of any script, hyphens and underscores, as GitHub generates them. */
export function isSectionSlug(text: string): boolean {
  return text.length <= 1000 && /^[\p{L}\p{M}\p{N}\p{Pc}-]+$/u.test(text);
}

/** Whether the path is a normalized path of a Markdown file in the workspace folder. */
function isRunbookPath(path: string): boolean {
  const plain = splitProcedurePath(path).slug === undefined && path.length <= 1000 && !/[\\\p{Cc}]/u.test(path) && /\.(?:md|markdown)$/i.test(path);
  return plain && path.split("/").every((part) => part !== "" && part !== "." && part !== "..");
}
