import { handoffSections, type HandoffTexts } from "../core/handoff/handoff";
import { type Check, hasFields, isCase, isFlag, isList, isNumber, isText, isTextMap } from "./check";
import { isIssueRef } from "./coreChecks";
import {
  handoffWordNames,
  type Contact,
  type HandoffContent,
  type HandoffForm,
  type HandoffReply,
  type HandoffStage,
  type HandoffState,
  type HandoffSubject,
  type HandoffToHost,
  type HandoffWords,
  type ShownItem,
} from "./handoff";
import type { ReadyMessage } from "./panel";

/** Checks what a page remembers of its hand-off. */
export const isHandoffSubject: Check<HandoffSubject> = hasFields<HandoffSubject>({ outgoing: isText });

const isTexts: Check<HandoffTexts> = (value): value is HandoffTexts => isTextMap(value) && handoffSections.every((name) => Object.hasOwn(value, name));
const isForm = hasFields<HandoffForm>({
  incoming: isText,
  beside: isList(isText),
  felt: isText,
  items: isList(hasFields<HandoffForm["items"][number]>({ ref: isIssueRef, next: isText })),
  texts: isTexts,
});

/** Checks what a page says. */
export const isHandoffToHost: Check<HandoffToHost | ReadyMessage> = isCase<HandoffToHost | ReadyMessage>({
  ready: {},
  create: { key: isText, form: isForm },
  openIssue: { ref: isIssueRef },
  copy: { text: isText },
  refresh: {},
  trust: {},
});

/** Checks the answer to a message. */
export const isHandoffReply: Check<HandoffReply> = isCase<HandoffReply>({ done: {}, refused: { text: isText, kept: isFlag } });

const isWords: Check<HandoffWords> = (value): value is HandoffWords => isTextMap(value) && handoffWordNames.every((name) => Object.hasOwn(value, name));
const isContent = isCase<HandoffContent>({
  loading: {},
  unavailable: { text: isText },
  turn: {
    stage: isCase<HandoffStage>({ draft: {}, writing: {}, waiting: { ref: isIssueRef, reference: isText } }),
    outgoing: isText,
    incoming: isText,
    beside: isList(isText),
    from: isText,
    to: isText,
    people: isList(hasFields<Contact>({ login: isText, name: isText, email: isText, phone: isText })),
    items: isList(
      hasFields<ShownItem>({ ref: isIssueRef, reference: isText, title: isText, name: isText, status: isText, owners: isList(isText), updated: isText, next: isText, taken: isFlag, reporter: isText }),
    ),
    more: isNumber,
    texts: isTexts,
  },
});

/** Checks what a page is to show. */
export const isHandoffState: Check<HandoffState> = hasFields<HandoffState>({ language: isText, words: isWords, readonly: isFlag, content: isContent });
