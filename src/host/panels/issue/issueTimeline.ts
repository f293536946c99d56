import { timeline, type TimelineEntry } from "../../../core/incident/timeline";
import type { MissedUpdate } from "../../../core/incident/updates";
import type { Failure } from "../../../core/model/failure";
import type { Checklist } from "../../../core/model/checklist";
import type { Issue } from "../../../core/model/issue";
import { compareInstants, millisecondsOf } from "../../../core/model/instant";
import { type IssueRef, sameRef } from "../../../core/model/issueRef";
import { partsOf, type PendingOperation } from "../../../core/model/operation";
import { runInBackground } from "../../../core/model/queues";
import type { Clock, IssueTracker, Log } from "../../../core/model/ports";
import type { TimelineEvent } from "../../../core/model/timelineEvent";
import { textHash } from "../../../core/model/textHash";
import type { EntryView, TimelineReply, TimelineState } from "../../../protocol/issueTimeline";
import { type EntryContext, entryPreview, entryView, type IdentifiedEntry, identifyEntries, type PageEntry } from "./issueEntries";

/** The timeline of one issue: read on request, and formatted as often as the issue changes. */
export interface IssueTimeline {
  /** Reads the events again. The entries on screen stay until they arrive. An earlier read that did not end is ignored. */
  read(): Promise<void>;
  /** Updates the entries to a version of the issue, and returns what the page shows until it asks for them. */
  state(issue: Issue, checklists: readonly Checklist[]): TimelineState;
  /** The events, with own comments that are not written yet. Absent until they are read. */
  events(): readonly TimelineEvent[] | undefined;
  /** The entries, without those of the revision that the page knows. */
  entries(known: string): TimelineReply;
}

interface TimelineDeps {
  readonly ref: () => IssueRef;
  readonly tracker: () => Pick<IssueTracker, "timeline">;
  /** The operations that are stored and not done. */
  readonly pending: () => readonly PendingOperation[];
  /** The updates that were late until now, in order of time. */
  readonly missed?: (issue: Issue, events: readonly TimelineEvent[]) => readonly MissedUpdate[];
  readonly describeFailure: (failure: Failure) => string;
  readonly changed: () => void;
  readonly clock: Pick<Clock, "wait">;
  readonly log: Pick<Log, "error">;
  /** Milliseconds since any fixed moment. */
  readonly elapsed?: () => number;
  /** Called with the result of each read. */
  readonly onRead?: (failure: Failure | undefined) => void;
  readonly context: EntryContext;
}

/** Milliseconds for parsing comments before the page is shown, and later between two pauses: a few long comments of a stranger take seconds. */
const workIntervals = { first: 250, next: 25 } as const;

/** Contains no events before `read`. Comments that take long are shown as they were written until they are parsed. */
export function createIssueTimeline({ ref, tracker, pending, missed = () => [], describeFailure, changed, clock, log, elapsed = () => performance.now(), onRead = () => undefined, context }: TimelineDeps): IssueTimeline {
  let reads = 0;
  let events: readonly TimelineEvent[] | undefined;
  let loading = false;
  let failure: string | undefined;
  let views: ReadonlyMap<string, EntryView> = new Map();
  let identified: readonly IdentifiedEntry[] = [];
  const formatted = new Map<string, EntryView>();
  let revision: string | undefined;
  let shown: { readonly issue: Issue; readonly events: readonly TimelineEvent[]; readonly own: string } | undefined;
  let sent: { readonly revision: string; readonly ids: ReadonlySet<string> } | undefined;
  // Own comments stay in the timeline after they are written, until it was read again.
  const own = new Map<string, TimelineEvent>();

  function ownComments(): ReadonlyMap<string, TimelineEvent> {
    return new Map(
      pending().flatMap(partsOf).flatMap(({ key, at, by, operation }) => (operation.kind === "comment" && sameRef(operation.ref, ref()) ? [[key, { kind: "commented" as const, at, by, markdown: operation.markdown }]] : [])),
    );
  }

  function update(issue: Issue, checklists: readonly Checklist[], read: readonly TimelineEvent[]): void {
    for (const [key, event] of ownComments()) own.set(key, event);
    const late = missed(issue, read);
    const keys = [...own.keys(), late.length].join();
    if (shown?.issue === issue && shown.events === read && shown.own === keys) return;
    shown = { issue, events: read, own: keys };
    const waiting = [...own.values()];
    const others = read.filter((event) => !waiting.some((one) => isSameComment(one, event)));
    const texts = new Set(timeline(issue, waiting, []).filter(({ kind }) => kind !== "opened").map((entry) => JSON.stringify(entry)));
    const entries = withMissed(timeline(issue, [...others, ...waiting], checklists), late);
    identified = identifyEntries(entries.map((entry) => ({ entry, pending: texts.has(JSON.stringify(entry)) })));
    const ids = new Set(identified.map(({ id }) => id));
    for (const id of formatted.keys()) if (!ids.has(id)) formatted.delete(id);
    const isWhole = format(workIntervals.first);
    publish();
    if (!isWhole) runInBackground(formatRest(identified), log);
  }

  /** Formats entries until the time is over, newest first, and returns whether none is left. */
  function format(milliseconds: number): boolean {
    const end = elapsed() + milliseconds;
    let isWhole = true;
    for (const one of identified.toReversed()) {
      if (formatted.has(one.id)) continue;
      if (hasComment(one) && elapsed() >= end) isWhole = false;
      else formatted.set(one.id, entryView(one, context));
    }
    return isWhole;
  }

  async function formatRest(mine: readonly IdentifiedEntry[]): Promise<void> {
    for (let isWhole = false; !isWhole; ) {
      await clock.wait(0);
      if (identified !== mine) return;
      isWhole = format(workIntervals.next);
    }
    publish();
    changed();
  }

  function publish(): void {
    views = new Map(identified.map((entry) => formatted.get(entry.id) ?? entryPreview(entry, context)).map((view) => [view.id, view]));
    revision = textHash([...views.keys()].join(), 11);
  }

  return {
    async read() {
      const mine = ++reads;
      const waiting = ownComments();
      const settled = [...own.keys()].filter((key) => !waiting.has(key));
      loading = true;
      const result = await tracker().timeline(ref());
      if (mine !== reads) return;
      loading = false;
      onRead(result.kind === "ok" ? undefined : result.failure);
      if (result.kind === "ok") {
        events = result.value;
        failure = undefined;
        for (const key of settled) own.delete(key);
      } else {
        failure = describeFailure(result.failure);
      }
      changed();
    },
    state(issue, checklists) {
      if (events !== undefined) update(issue, checklists, events);
      return { count: views.size, loading: loading && events === undefined, ...(revision === undefined ? {} : { revision }), ...(failure === undefined ? {} : { failure }) };
    },
    events: () => events && [...events, ...ownComments().values()],
    entries(known) {
      const ids = known === sent?.revision ? sent.ids : new Set<string>();
      sent = { revision: revision ?? "", ids: new Set(views.keys()) };
      return { kind: "timeline", revision: sent.revision, order: [...views.keys()], entries: [...views.values()].filter(({ id }) => !ids.has(id)) };
    },
  };
}

function hasComment({ entry }: IdentifiedEntry): boolean {
  return entry.kind === "commented" || entry.kind === "milestone";
}

/** The entries with the updates that were late, each at the time when it was due. */
function withMissed(entries: readonly TimelineEntry[], late: readonly MissedUpdate[]): readonly PageEntry[] {
  const missing = late.map(({ audience, at }): PageEntry => ({ kind: "missedUpdate", audience, at, by: "" }));
  return [...entries, ...missing].toSorted((a, b) => compareInstants(a.at, b.at));
}

/** How far the clocks of the user and the server may differ, in milliseconds. */
const clockDifference = 5 * 60_000;

/** Whether a comment that was read is the user's own that is being written, and not an earlier one in the same words. */
function isSameComment(own: TimelineEvent, read: TimelineEvent): boolean {
  if (own.kind !== "commented" || read.kind !== "commented" || own.markdown !== read.markdown || own.by !== read.by) return false;
  return millisecondsOf(read.at) >= millisecondsOf(own.at) - clockDifference;
}
