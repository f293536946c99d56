import { draftHandoff, type OpenItem } from "../../../core/handoff/draftHandoff";
import { handoffShift } from "../../../core/handoff/handoffDue";
import { pendingHandoffs } from "../../../core/handoff/handoffIssues";
import { issueFacts } from "../../../core/issue/issueFacts";
import type { Desk } from "../../../core/model/desk";
import type { Instant, Issue } from "../../../core/model/issue";
import { formatRef, type IssueRef, sameRef } from "../../../core/model/issueRef";
import { sameLogin } from "../../../core/model/names";
import { partsOf, type PendingOperation } from "../../../core/model/operation";
import type { Contact, HandoffContent, ShownItem } from "../../../protocol/handoff";

/** What the handoff page is built from. */
export interface HandoffContext {
  readonly desk: Desk;
  readonly outgoing: string;
  readonly now: Instant;
  /** Absent until the issues are read. */
  readonly issues: readonly Issue[] | undefined;
  readonly pending: readonly PendingOperation[];
  /** Why the issues could not be read, as a message. */
  readonly failure: string | undefined;
  /** Formats an instant in the desk's time zone. */
  readonly formatInstant: (at: Instant) => string;
}

/** What the page shows: a draft from the open issues of the desk, or the handoff that is not accepted yet. */
export function handoffContent({ desk, outgoing, now, issues, pending, failure, formatInstant }: HandoffContext): HandoffContent {
  if (issues === undefined) return failure === undefined ? { kind: "loading" } : { kind: "unavailable", text: failure };
  const name = namer(desk);
  const people = desk.people.map(({ login, name = "", email = "", phone = "" }): Contact => ({ login, name, email, phone }));
  const find = (item: IssueRef): Issue | undefined => issues.find(({ ref }) => sameRef(ref, item));
  const shown = (item: OpenItem): ShownItem => {
    const issue = find(item.ref);
    return { ...item, reference: name(item.ref), name: issue === undefined ? item.title : issueFacts(issue, desk).name };
  };
  const pendingHandoff = pendingHandoffs(issues, desk).find(({ handoff }) => sameLogin(handoff.outgoing, outgoing));
  if (pendingHandoff !== undefined) {
    const { handoff, issue } = pendingHandoff;
    return {
      kind: "shift",
      stage: { kind: "waiting", ref: issue.ref, reference: name(issue.ref) },
      outgoing,
      incoming: handoff.incoming,
      beside: handoff.beside,
      from: formatInstant(handoff.from),
      to: formatInstant(handoff.to),
      people,
      items: handoff.items.map((item) => shown({ ...item, taken: true, reporter: find(item.ref)?.author ?? "" })),
      more: 0,
      texts: handoff.texts,
    };
  }
  const shift = handoffShift(desk, outgoing, now);
  const { items, more, texts } = draftHandoff(desk, issues, shift);
  const writing = pending.flatMap(partsOf).some(({ operation }) => operation.kind === "handOff" && sameLogin(operation.outgoing, outgoing));
  return {
    kind: "shift",
    stage: { kind: writing ? "writing" : "draft" },
    outgoing,
    incoming: shift.incoming ?? "",
    beside: shift.beside,
    from: formatInstant(shift.from),
    to: formatInstant(shift.to),
    people,
    items: items.map(shown),
    more,
    texts,
  };
}

/** Formats references without the repository where one repository contains all issues. */
function namer(desk: Desk): (ref: IssueRef) => string {
  const repositories = new Set(desk.kinds.flatMap((kind) => kind.repositories));
  return (ref) => formatRef(ref, repositories.size <= 1 ? ref.repository : "");
}
