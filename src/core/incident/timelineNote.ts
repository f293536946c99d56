import { encodePath } from "../markup/linkRegion";
import type { Instant } from "../model/issue";
import { type IssueRef, localRepository } from "../model/issueRef";
import { fileSlug } from "../model/paths";
import { failed, ok, type Result } from "../model/result";
import { codeSpan, excerptOf, fenced } from "../shell/commandReport";
import { maskSecrets } from "../shell/maskSecrets";
import { visibleText } from "../shell/visibleText";

/** A note as typed: its text, and when it happened if it starts with a time. */
export interface TypedNote {
  readonly text: string;
  readonly at?: Instant;
}

/** Text or a file that is added to a timeline together with a note. */
export type NoteSource =
  | { readonly kind: "selection"; readonly text: string; readonly path: string; readonly language: string; /** Lines from 1, both inclusive. */ readonly from: number; readonly to: number }
  | { readonly kind: "terminal"; readonly text: string }
  | { readonly kind: "clipboard"; readonly text: string }
  /** A file of the workspace. `url` is its web page, if it has one. */
  | { readonly kind: "file"; readonly path: string; readonly url?: string };

/** The limits of the text that is added to a note. Longer texts are shortened in the middle. */
export const noteLimits = { lines: 400, characters: 20_000 } as const;

/** The maximum length of a text from which a note takes its start and end. Masking secrets in a longer one fails or takes long. */
export const maxSourceText = 1_000_000;

/** The maximum length of the note itself, so that the comment fits on every server. */
export const maxNote = 4_000;

/** The size in bytes up to which files are copied into the workspace as evidence. */
export const maxEvidence = 25 * 1024 * 1024;

/**
 * Reads a note that may start with when it happened: `-10m text`, `14:05 text` or `2026-11-20 14:05 text`. `timeOf` parses the
 * time. Other texts are taken as they are. Fails if the time is in the future.
 */
export function readTypedNote(typed: string, timeOf: (text: string) => Result<Instant, "unclear" | "future">): Result<TypedNote, "future"> {
  const text = typed.trim();
  const found = /^(?:-(\d+[mhdw])|((?:\d{4}-\d\d-\d\d )?\d{1,2}:\d\d))(?=\s|$)\s*([^]*)$/.exec(text);
  if (found === null) return ok({ text });
  const [, ago, clock, rest = ""] = found;
  const at = timeOf(ago ?? clock ?? "");
  if (at.kind === "ok") return ok({ text: rest, at: at.value });
  return at.failure === "future" ? failed("future") : ok({ text });
}

/** Whether the text is binary data that must not be added as text. */
export function isBinary(text: string): boolean {
  // Colored terminal output contains escape characters.
  const odd = text.match(/(?![\t\n\r\u001b\b\u0007])[\p{Cc}\uFFFD]/gu)?.length ?? 0;
  return text.includes("\0") || odd * 20 > text.length;
}

/** Whether the text is so long that it is shortened. */
export function isShortened(text: string): boolean {
  const shown = tidy(text);
  return shown.length > noteLimits.characters || shown.split("\n").length > noteLimits.lines;
}

/**
 * Renders a note with its source as the text of a comment. Text of the source is in a code block that it cannot leave, without
 * terminal codes and known secrets, and mentions nobody.
 */
export function renderNote(text: string, source: NoteSource | undefined): string {
  return [text.trim(), ...(source === undefined ? [] : [renderSource(source)])].filter((part) => part !== "").join("\n\n");
}

function renderSource(source: NoteSource): string {
  switch (source.kind) {
    case "selection": {
      const lines = source.from === source.to ? `line ${source.from}` : `lines ${source.from}\u2013${source.to}`;
      return `${codeSpan(source.path)}, ${lines}:\n\n${block(source.language, source.text)}`;
    }
    case "terminal":
      return `Terminal:\n\n${block("text", source.text)}`;
    case "clipboard": {
      const text = source.text.trim();
      return /^https?:\/\/[^\s<>]+$/i.test(text) && visibleText(text) === text ? maskSecrets(text) : block("text", source.text);
    }
    case "file": {
      const name = source.path.split("/").at(-1) ?? source.path;
      const url = source.url ?? `/${encodePath(source.path)}`;
      if (!imageName.test(name)) return `[${codeSpan(name)}](${url})`;
      return `![${visibleText(name).replace(/[[\]`\\<>\r\n]/g, " ").trim()}](${url}${source.url === undefined ? "" : "?raw=true"})`;
    }
  }
}

const imageName = /\.(?:png|jpe?g|gif|webp|svg|bmp|avif)$/i;

function block(language: string, text: string): string {
  const { head, left, tail } = excerptOf(visibleText(maskSecrets(tidy(text))), noteLimits);
  return fenced(/^[a-z0-9+#-]{1,30}$/i.test(language) ? language : "text", left === 0 ? head : `${head}\n[${left} lines left out]\n${tail}`);
}

/** The text without terminal codes, with `\n` as line end, and without empty lines around it. */
function tidy(text: string): string {
  return text
    .replace(/\u001b(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)|[@-Z\\-_])/g, "")
    .replace(/\r\n?/g, "\n")
    .replace(/^(?:[ \t]*\n)+/, "")
    .trimEnd();
}

/**
 * The path under which a file is stored as evidence of an issue: below the folder of the post-mortems. `attempt` starts with 1;
 * each attempt has another name, so that no file is overwritten.
 */
export function evidencePath(postmortemFolder: string, ref: IssueRef, fileName: string, attempt: number): string {
  const [, stem = "", extension = ""] = /^([^]*?)((?:\.[a-z0-9]{1,10})?)$/i.exec(fileName) ?? [];
  const name = fileSlug(stem) || "file";
  const repository = ref.repository === localRepository ? "" : `${fileSlug(ref.repository.split("/").at(-1) ?? "")}-`;
  const file = `${name}${attempt === 1 ? "" : `-${attempt}`}${extension.toLowerCase()}`;
  return [postmortemFolder, "evidence", `${repository}${ref.number}`, file].filter((part) => part !== "").join("/");
}
