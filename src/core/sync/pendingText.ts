import { readCommand, renderCommand } from "../markup/commandMark";
import { escapeOwnMarks, oneLine, ownMarksIn } from "../markup/hiddenMark";
import { recordStartedComment, scoreInComment, withResolution } from "../markup/issueTexts";
import { readMilestone, renderComment, renderMilestone } from "../markup/milestone";
import { joinLines, splitLines } from "../markup/textLines";
import type { IssueField } from "../model/issueField";
import type { Operation, SingleOperation } from "../model/operation";
import { assertNever } from "../model/result";

/** The text that a person wrote in an operation, without marks. It can be edited, and is lost when the operation is discarded. */
export interface PendingText {
  readonly title?: string;
  readonly body?: string;
}

/** The editable texts of an operation; of a batch, those of the first part with any. Returns `undefined` when there are none, as for a tick. */
export function textOf(operation: Operation): PendingText | undefined {
  switch (operation.kind) {
    case "create":
      return { title: operation.draft.title, body: parts(operation.draft.body).own };
    case "comment":
      return { body: readMilestone(operation.markdown)?.markdown ?? readCommand(operation.markdown) ?? operation.markdown };
    case "close":
      return { body: operation.resolution };
    case "sendBack":
      return { body: operation.reason };
    case "edit":
      return operation.change.kind === "retitle" ? { title: operation.change.title } : undefined;
    case "batch":
      return operation.operations.flatMap((part) => textOf(part) ?? [])[0];
    case "link":
    case "handOff":
    case "acceptHandoff":
      return undefined;
    default:
      return assertNever(operation);
  }
}

/** Replaces the texts of an operation. Its checklist, links and milestone stay the same. Parts of a batch that repeat the text change with it. */
export function withText(operation: Operation, text: PendingText): Operation {
  if (operation.kind !== "batch") return partWithText(operation, text);
  const written = operation.operations.findIndex((part) => textOf(part) !== undefined);
  const before = textOf(operation) ?? {};
  return { ...operation, operations: operation.operations.map((part, index) => (index === written ? partWithText(part, text) : withDerived(part, before, text))) };
}

function partWithText(operation: SingleOperation, text: PendingText): SingleOperation {
  switch (operation.kind) {
    case "create": {
      const { draft } = operation;
      const { own, rest } = parts(draft.body);
      const gap = own === "" && text.body !== undefined && text.body !== "" && rest !== "" ? "\n\n" : "";
      const body = text.body === undefined || text.body === own ? draft.body : escapeOwnMarks(text.body) + gap + rest;
      return { ...operation, draft: { ...draft, title: oneLine(text.title ?? draft.title), body } };
    }
    case "comment": {
      const comment = readMilestone(operation.markdown);
      const markdown = text.body ?? "";
      if (comment !== undefined) return { ...operation, markdown: renderMilestone(comment.milestone, markdown, comment) };
      return { ...operation, markdown: readCommand(operation.markdown) === undefined ? renderComment(markdown) : renderCommand(markdown) };
    }
    case "close":
      return { ...operation, resolution: text.body ?? operation.resolution };
    case "sendBack":
      return { ...operation, reason: text.body ?? operation.reason };
    case "edit":
      return operation.change.kind === "retitle" ? { ...operation, change: { kind: "retitle", title: oneLine(text.title ?? operation.change.title) } } : operation;
    case "link":
    case "handOff":
    case "acceptHandoff":
      return operation;
    default:
      return assertNever(operation);
  }
}

/** Splits a body into the text before the first mark of the desk, without trailing empty lines, and the rest. */
function parts(body: string): { readonly own: string; readonly rest: string } {
  const lines = splitLines(body);
  const start = lines.findIndex(({ text }) => ownMarksIn(text).length > 0);
  if (start < 0) return { own: body, rest: "" };
  const before = joinLines(lines.slice(0, start));
  const own = before.replace(/(?:\r\n|\n|\r)+$/, "");
  return { own, rest: body.slice(own.length) };
}

/**
 * A part of a batch after the text of another part changed: fields and comments that repeat that text change with it. These are the
 * resolution, its announcement on duplicates, the score of feedback, an update for a further audience, and the title of a record.
 */
function withDerived(part: SingleOperation, before: PendingText, after: PendingText): SingleOperation {
  if (part.kind === "edit" && part.change.kind === "setFields") {
    const { change } = part;
    return { ...part, change: { ...change, fields: change.fields.map((field) => ({ ...field, value: valueOf(field, before, after) })) } };
  }
  if (part.kind !== "comment") return part;
  const comment = readMilestone(part.markdown);
  const text = comment?.markdown ?? part.markdown;
  const changed = comment?.milestone === "update" ? updateText(text, before, after) : titleText(text, before, after);
  if (changed === text) return part;
  return { ...part, markdown: comment === undefined ? changed : renderMilestone(comment.milestone, changed, comment) };
}

function valueOf({ name, value }: IssueField, before: PendingText, after: PendingText): string {
  if (after.body === undefined || before.body === undefined) return value;
  if (name === "satisfaction") return scoreInComment(after.body) ?? value;
  return name === "resolution" && escapeOwnMarks(value.trimEnd()) === before.body.trimEnd() ? after.body : value;
}

/** The text of an update for another audience. Each has its heading in the first paragraph. */
function updateText(text: string, before: PendingText, after: PendingText): string {
  const [heading, rest] = paragraphs(text);
  const [oldHeading, oldRest] = paragraphs(before.body ?? "");
  const [newHeading, newRest] = paragraphs(after.body ?? "");
  return rest !== "" && rest === oldRest && newHeading === oldHeading && newRest !== "" ? `${heading}\n\n${newRest}` : text;
}

function paragraphs(text: string): readonly [first: string, others: string] {
  const end = text.indexOf("\n\n");
  return end < 0 ? [text, ""] : [text.slice(0, end), text.slice(end + 2)];
}

function titleText(text: string, before: PendingText, after: PendingText): string {
  if (before.title === undefined || after.title === undefined) return withResolution(text, before.body ?? "", after.body ?? "");
  // The title of a draft may have the prefix of its kind.
  for (let start = 0; start < before.title.length; start += 1) {
    if (text !== recordStartedComment(before.title.slice(start))) continue;
    const prefix = before.title.slice(0, start);
    return recordStartedComment(after.title.startsWith(prefix) ? after.title.slice(start) : after.title);
  }
  return text;
}
