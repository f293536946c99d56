import {
  actionStates,
  actionTypes,
  postmortemInstants,
  postmortemStatuses,
  postmortemTexts,
  type EntryTime,
  type Postmortem,
  type PostmortemAction,
  type PostmortemEntry,
  type PostmortemInstant,
} from "../core/postmortem/postmortem";
import type { PostmortemEdit } from "../core/postmortem/postmortemEdit";
import { type Check, hasFields, isCase, isFlag, isList, isNumber, isOneOf, isText, isTextMap, optional } from "./check";
import { isIssueRef } from "./coreChecks";
import type { ReadyMessage } from "./panel";
import {
  postmortemWordNames,
  type IssueChip,
  type NumberedEdit,
  type PersonChoice,
  type PostmortemButton,
  type PostmortemContent,
  type PostmortemReply,
  type PostmortemState,
  type PostmortemSubject,
  type PostmortemToHost,
  type PostmortemView,
  type PostmortemWords,
  type ShownTime,
  type UnsavedPostmortem,
} from "./postmortem";

/** Checks what a page remembers of its post-mortem. */
export const isPostmortemSubject: Check<PostmortemSubject> = hasFields<PostmortemSubject>({ ref: isIssueRef });

const isEntry = hasFields<PostmortemEntry>({
  id: isText,
  time: isCase<EntryTime>({ instant: { at: isText }, words: { words: isText } }),
  event: isText,
  evidence: isText,
  others: isList(isText),
});

const isAction = hasFields<PostmortemAction>({
  id: isText,
  action: isText,
  type: optional(isOneOf(...actionTypes)),
  owner: isText,
  priority: isText,
  due: optional(isText),
  issue: optional(isIssueRef),
  state: isOneOf(...actionStates),
  others: isList(isText),
});

type Instants = Postmortem["instants"];
const isInstants: Check<Instants> = (value): value is Instants => isTextMap(value) && Object.keys(value).every(isOneOf<PostmortemInstant>(...postmortemInstants));

type Texts = Postmortem["texts"];
const isTexts: Check<Texts> = (value): value is Texts => isTextMap(value) && postmortemTexts.every((name) => Object.hasOwn(value, name));

const isPostmortem = hasFields<Postmortem>({
  issue: isIssueRef,
  title: isText,
  status: isOneOf(...postmortemStatuses),
  severity: optional(isText),
  priority: optional(isText),
  lead: optional(isText),
  owner: optional(isText),
  review: optional(isText),
  instants: isInstants,
  eventsUntil: optional(isText),
  texts: isTexts,
  timeline: isList(isEntry),
  actions: isList(isAction),
});

const isEdit = isCase<PostmortemEdit>({
  field: { field: isOneOf("title", "status", "severity", "priority", "lead", "owner", "review"), value: isText },
  instant: { instant: isOneOf(...postmortemInstants), value: isText },
  eventsUntil: { value: isText },
  text: { text: isOneOf(...postmortemTexts), value: isText },
  entry: { id: isText, column: isOneOf("time", "event", "evidence"), value: isText },
  insertEntry: { entry: isEntry, index: isNumber },
  removeEntry: { id: isText },
  sortEntries: {},
  action: { id: isText, column: isOneOf("action", "type", "owner", "priority", "due", "issue", "state"), value: isText },
  insertAction: { action: isAction, index: isNumber },
  removeAction: { id: isText },
});

const isNumberedEdit = hasFields<NumberedEdit>({ number: isNumber, edit: isEdit });

/** Checks what a page kept of a person's text. */
export const isUnsaved: Check<UnsavedPostmortem> = hasFields<UnsavedPostmortem>({ life: isText, base: isText, mine: isPostmortem, edits: isList(isNumberedEdit) });

/** Checks what a page says. */
export const isPostmortemToHost: Check<PostmortemToHost | ReadyMessage> = isCase<PostmortemToHost | ReadyMessage>({
  ready: {},
  edit: { number: isNumber, edit: isEdit },
  resume: { number: isNumber, unsaved: isUnsaved },
  addEvents: {},
  accept: { id: isText },
  resolve: { choice: isOneOf("mine", "theirs") },
  compare: {},
  retry: {},
  writeAgain: {},
  openFile: {},
  openIssue: { ref: isIssueRef },
  openEvidence: { text: isText },
  trust: {},
});

/** Checks the answer to a message. */
export const isPostmortemReply: Check<PostmortemReply> = isCase<PostmortemReply>({ done: {} });

const isMessage: Check<PostmortemToHost> = (value): value is PostmortemToHost => isPostmortemToHost(value) && value.kind !== "ready";
const isButton = hasFields<PostmortemButton>({ label: isText, message: isMessage });
const isShownTime = hasFields<ShownTime>({ local: isText, utc: isText });
const isChip = hasFields<IssueChip>({ ref: isIssueRef, reference: isText, title: isText, state: isOneOf("open", "closed", "unknown") });
const isWords: Check<PostmortemWords> = (value): value is PostmortemWords => isTextMap(value) && postmortemWordNames.every((name) => Object.hasOwn(value, name));

function isMap<T>(check: Check<T>): Check<Readonly<Record<string, T>>> {
  return (value): value is Readonly<Record<string, T>> => typeof value === "object" && value !== null && !Array.isArray(value) && Object.values(value).every(check);
}

const isContent = isCase<PostmortemContent>({
  loading: {},
  unavailable: { title: isText, text: isText, buttons: isList(isButton) },
  document: {
    life: isText,
    taken: isNumber,
    saving: isOneOf("saved", "saving", "draft", "trouble"),
    trouble: optional(hasFields<NonNullable<PostmortemView["trouble"]>>({ text: isText, buttons: isList(isButton) })),
    base: isText,
    postmortem: isPostmortem,
    path: isText,
    timezone: isText,
    incident: isChip,
    times: isMap(isShownTime),
    instants: isMap(isShownTime),
    people: isList(hasFields<PersonChoice>({ login: isText, name: isText })),
    priorities: isList(isText),
    newEvents: isNumber,
    issues: isMap(isChip),
    accepting: isList(isText),
    ownSections: isList(isText),
  },
});

/** Checks what a page is to show. */
export const isPostmortemState: Check<PostmortemState> = hasFields<PostmortemState>({ language: isText, words: isWords, readonly: isFlag, content: isContent });
