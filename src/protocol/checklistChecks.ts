import { type Check, hasFields, isCase, isFlag, isList, isNumber, isOneOf, isText, isTextMap, later, optional } from "./check";
import type {
  Banner, Button, ChecklistAction, ChecklistContent, ChecklistReply, ChecklistState, ChecklistSubject, ChecklistToHost, ChecklistWords,
  EvidenceView, Fact, IssueHead, LinkChip, MarkView, NewMark, RunTab, RunView, SectionView, StepView,
} from "./checklist";
import type { Evidence } from "../core/runbook/run";
import { isIssueRef, isSpan } from "./coreChecks";
import type { ReadyMessage } from "./panel";

/** Checks what a page remembers of its checklist. */
export const isChecklistSubject: Check<ChecklistSubject> = hasFields<ChecklistSubject>({ ref: isIssueRef, run: optional(isText) });

/** A name for a write: it becomes part of a file's name. */
const isKey: Check<string> = (value): value is string => typeof value === "string" && /^[a-z0-9]{16,64}$/.test(value);

const isAction = isCase<ChecklistAction>({
  openIssue: { ref: isIssueRef },
  openChecklist: { ref: isIssueRef },
  createLinked: { run: isText, step: isText, issueKind: isText, template: optional(isText) },
  createLinkedSet: { run: isText, step: isText },
  linkExisting: { run: isText, step: isText },
  takeOver: { run: isText },
  giveStep: { run: isText, step: isText },
  sendBack: { run: isText, gate: isText },
  addEvidence: { run: isText, step: isText },
  removeEvidence: { run: isText, step: isText, evidence: hasFields<Evidence>({ kind: isOneOf("link", "file", "text"), value: isText }) },
  exportRun: { run: isText },
  copyStep: { run: isText, step: isText },
  runCommand: { run: isText, step: isText, path: isText, line: isNumber },
  copyCommand: { path: isText, line: isNumber },
  comment: { ref: isIssueRef },
  close: { ref: isIssueRef },
  reopen: { ref: isIssueRef },
  postmortem: {},
  reveal: {},
  startRun: { runbook: optional(isText) },
  turnTo: { run: isText },
  openRunbook: { path: isText, line: optional(isNumber) },
  openFile: { path: isText },
  openLink: { href: isText, runbook: isText },
  trust: {},
  signIn: {},
  refresh: {},
});

const isNewMark = isCase<NewMark>({ open: {}, done: {}, skipped: { reason: isText } });

/** Checks what a page says. */
export const isChecklistToHost: Check<ChecklistToHost | ReadyMessage> = isCase<ChecklistToHost | ReadyMessage>({
  ready: {},
  mark: { key: isKey, run: isText, step: isText, mark: isNewMark, seen: optional(isText), again: isFlag },
  choose: { key: isKey, run: isText, option: isText, decision: isText, seen: optional(isText), again: isFlag },
  turnTo: { run: isText },
  act: { action: isAction },
});

/** Checks the answer to a write. */
export const isChecklistReply: Check<ChecklistReply> = isCase<ChecklistReply>({ done: {}, refused: { text: isText, kept: isFlag } });

const isButton = hasFields<Button>({ label: isText, icon: isText, action: isAction, disabled: isFlag });

const isButtons = isList(isButton);

const isChips = isList(
  hasFields<LinkChip>({ ref: isIssueRef, reference: isText, state: isOneOf("open", "closed", "unknown"), title: optional(isText), relation: optional(isText) }),
);

const isEvidence = hasFields<EvidenceView>({ text: isText, icon: isText, open: optional(isAction), remove: optional(isButton) });

const isMark = hasFields<MarkView>({ kind: isOneOf("open", "done", "skipped", "left"), reason: optional(isText), by: optional(isText), at: optional(isText) });

const isStep: Check<StepView> = hasFields<StepView>({
  id: isText,
  part: isOneOf("step", "decision", "option"),
  spans: isList(isSpan),
  label: isText,
  mark: isMark,
  locked: optional(isText),
  person: optional(isText),
  mine: isFlag,
  due: optional(isText),
  pending: isFlag,
  links: isChips,
  evidence: isList(isEvidence),
  buttons: isButtons,
  line: optional(isNumber),
  children: isList(later(() => isStep)),
});

const isSection = hasFields<SectionView>({ id: isText, title: optional(isText), gate: isFlag, settled: isFlag, buttons: isButtons, steps: isList(isStep) });

const isRun = hasFields<RunView>({
  id: isText, title: isText, runbook: isText, startedBy: isText, startedAt: isText, settled: isNumber, total: isNumber,
  sections: isList(isSection), buttons: isButtons,
});

const isHead = hasFields<IssueHead>({
  ref: isIssueRef, reference: isText, title: isText, facts: isList(hasFields<Fact>({ name: isText, value: isText })), links: isChips, buttons: isButtons,
});

const isContent = isCase<ChecklistContent>({
  loading: {},
  unavailable: { title: isText, text: isText, buttons: isButtons },
  issue: { issue: isHead, runs: isList(hasFields<RunTab>({ id: isText, title: isText, settled: isNumber, total: isNumber })), run: optional(isRun) },
});

/** Both ends are built from one list of words, so only that they are words is checked. */
const isWords: Check<ChecklistWords> = (value): value is ChecklistWords => isTextMap(value);

/** Checks what a page is to show. */
export const isChecklistState: Check<ChecklistState> = hasFields<ChecklistState>({
  language: isText,
  words: isWords,
  me: optional(isText),
  readonly: isFlag,
  banners: isList(hasFields<Banner>({ tone: isOneOf("information", "warning", "error"), text: isText, details: isList(isText), buttons: isButtons })),
  content: isContent,
});
