import { appendChecklist } from "../markup/checklistRegion";
import { escapeOwnMarks, oneLine } from "../markup/hiddenMark";
import { serviceLabel } from "../markup/labels";
import type { Checklist } from "../model/checklist";
import type { Desk } from "../model/desk";
import { type IssueDraft, ownKinds } from "../model/issue";
import type { Repository } from "../model/issueRef";
import { distinctNames, sameName } from "../model/names";
import { failed, ok, type Result } from "../model/result";
import { kindLabel } from "./issueFacts";

/** A person's input for a new issue. */
export interface DraftInput {
  /** A kind of the desk, ignoring case, or a built-in kind. */
  readonly kind: string;
  readonly repository?: Repository;
  readonly title: string;
  readonly details: string;
  /** The name of a priority. An unknown priority is used as a label. */
  readonly priority?: string;
  readonly services?: readonly string[];
  readonly labels?: readonly string[];
  readonly assignees?: readonly string[];
  readonly type?: string;
}

/** Builds a complete draft with the prefix and labels of its kind. The default repository is the kind's first one. */
export function draftIssue(desk: Desk, input: DraftInput): Result<IssueDraft> {
  const kind = desk.kinds.find(({ name }) => sameName(name, input.kind));
  const own = ownKinds.find((name) => sameName(name, input.kind));
  const name = kind?.name ?? own;
  if (name === undefined) return failed({ kind: "invalidDraft", reason: "unknownKind" });
  const title = tidy(input.title);
  if (title === "") return failed({ kind: "invalidDraft", reason: "emptyTitle" });
  const repository = input.repository ?? (kind ?? desk.kinds[0])?.repositories[0];
  if (repository === undefined || repository === "") return failed({ kind: "invalidDraft", reason: "noRepository" });
  const priority = desk.priorities.find(({ name }) => sameName(name, input.priority ?? ""))?.label ?? input.priority ?? "";
  const services = (input.services ?? []).map((service) => serviceLabel(tidy(service)));
  const type = input.type ?? kind?.type;
  return ok({
    repository,
    kind: name,
    title: withPrefix(title, kind?.prefix ?? ""),
    body: escapeOwnMarks(input.details),
    labels: unique([kind === undefined ? name : kindLabel(kind), priority, ...services, ...(input.labels ?? [])].map(tidy)),
    assignees: unique((input.assignees ?? []).map(tidy)),
    ...(type === undefined ? {} : { type }),
  });
}

/** Adds a checklist to the draft's text, so that both are created together. Its title links to `runbookUrl`. */
export function draftWithChecklist(draft: IssueDraft, checklist: Checklist, runbookUrl?: string): IssueDraft {
  return { ...draft, body: appendChecklist(draft.body, checklist, draft.repository, runbookUrl === undefined ? {} : { runbookUrl }) };
}

function withPrefix(title: string, prefix: string): string {
  return prefix === "" || title.toLowerCase().startsWith(prefix.toLowerCase()) ? title : `${prefix} ${title}`;
}

/** One line without control characters. */
function tidy(text: string): string {
  return oneLine(text).replace(/\p{Cc}+/gu, " ").trim();
}

function unique(names: readonly string[]): readonly string[] {
  return distinctNames(names).filter((name) => name !== "");
}
