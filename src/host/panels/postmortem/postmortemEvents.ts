import { timeline } from "../../../core/incident/timeline";
import { runInBackground } from "../../../core/model/queues";
import type { Checklist } from "../../../core/model/checklist";
import type { Failure } from "../../../core/model/failure";
import { compareInstants, instantAt, latest, millisecondsOf } from "../../../core/model/instant";
import type { Instant, Issue } from "../../../core/model/issue";
import { formatRef, type IssueRef, refKey, sameRef } from "../../../core/model/issueRef";
import type { Clock, IssueTracker, Log } from "../../../core/model/ports";
import { ok, type Result } from "../../../core/model/result";
import { repeatedEntries } from "../../../core/postmortem/timeline/eventRows";
import { offeredInstants } from "../../../core/postmortem/timeline/incidentInstants";
import { type IncidentEvent, incidentEvents } from "../../../core/postmortem/timeline/origins";
import type { Postmortem, PostmortemInstant } from "../../../core/postmortem/postmortem";
import type { PostmortemEdit } from "../../../core/postmortem/postmortemEdit";
import type { Translate } from "../../ui/operationLabels";
import { plainLabel } from "../../ui/safeText";

/** The events of a post-mortem's incident: read when its issue changes, and kept when they cannot be read. */
export interface PostmortemEvents {
  /** Reads the events if the issue changed, or if it is time to look again. Returns at once. */
  follow(): void;
  /** Reads the events again. */
  retry(): void;
  /** In order of time. Absent until they are read. */
  known(): readonly IncidentEvent[] | undefined;
  /** The issue of the incident. After `use`, the one that a person agreed to. */
  ref(): IssueRef | undefined;
  /** Follows another issue, as after a transfer. */
  use(ref: IssueRef): void;
  /** Why there are no new events. The post-mortem can still be edited. */
  notice(): EventNotice | undefined;
  /** Times of the issue that the post-mortem can take, and events that several rows show differently. */
  problems(postmortem: Postmortem): readonly EventProblem[];
}

/** A text with its next action. `to`: the reference that the issue has now. */
export interface EventNotice {
  readonly text: string;
  readonly action: { readonly label: string } & ({ readonly kind: "retry" } | { readonly kind: "useIssue"; readonly to: IssueRef });
}

/** Something beside a row or a time, and the edit that corrects it. */
interface EventProblem {
  readonly place: { readonly kind: "entry"; readonly id: string } | { readonly kind: "instant"; readonly instant: PostmortemInstant };
  readonly text: string;
  readonly fix: { readonly label: string; readonly edit: PostmortemEdit };
}

interface EventDeps {
  /** The issue that the post-mortem was opened for. */
  readonly ref: () => IssueRef | undefined;
  /** The issue that the post-mortem names. */
  readonly named: () => IssueRef | undefined;
  /** The issue in the lists of issues. */
  readonly find: (ref: IssueRef) => Issue | undefined;
  /** Whether the lists of issues are loaded, so that an issue that is not in them may be gone. */
  readonly areListed: () => boolean;
  readonly tracker: () => Pick<IssueTracker, "timeline" | "get">;
  readonly checklistsOf: (issue: Issue) => readonly Checklist[];
  /** How many changes are pending. */
  readonly pending: () => number;
  readonly clock: Pick<Clock, "now">;
  readonly describeFailure: (failure: Failure) => string;
  readonly formatTime: (at: Instant) => string;
  readonly t: Translate;
  readonly changed: () => void;
  readonly log: Pick<Log, "error">;
}

/**
 * Milliseconds after which the events are read again, because no list of issues contains that one was transferred or deleted, or
 * that a commit names it; and after which a failed reading is repeated.
 */
const delays = { next: 300_000, retry: 60_000 } as const;

/** Contains no events before `follow`. */
export function createPostmortemEvents(deps: EventDeps): PostmortemEvents {
  const { t } = deps;
  let used: IssueRef | undefined;
  let events: readonly IncidentEvent[] | undefined;
  let issue: Issue | undefined;
  let failure: Failure | undefined;
  let readAgainAt: Instant | undefined;
  /** The version of the issue that was read last, or is being read. */
  let version: string | undefined;
  let reads = 0;
  /** The issue that the post-mortem named when it was found to be transferred or deleted. */
  let outdated: string | undefined;

  const ref = (): IssueRef | undefined => used ?? deps.ref();

  function currentVersion(at: IssueRef): string | undefined {
    const found = deps.find(at);
    if (found === undefined) return deps.areListed() ? formatRef(at, "") : undefined;
    return `${formatRef(at, "")} ${found.updatedAt} ${found.body.length} ${deps.pending()}`;
  }

  function follow(): void {
    const at = ref();
    const current = at === undefined ? undefined : currentVersion(at);
    if (at === undefined || current === undefined) return;
    const isDue = readAgainAt !== undefined && compareInstants(deps.clock.now(), readAgainAt) >= 0;
    if (current === version && !isDue) return;
    version = current;
    readAgainAt = undefined;
    runInBackground(read(at), deps.log);
  }

  async function read(at: IssueRef): Promise<void> {
    const mine = ++reads;
    const result = await readIncident(at);
    if (mine !== reads) return;
    failure = result.kind === "failed" ? result.failure : undefined;
    if (result.kind === "ok") {
      issue = result.value.issue;
      events = incidentEvents(result.value.entries);
      await findOutdated(at);
    }
    readAgainAt = nextReading(failure, deps.clock.now());
    deps.changed();
  }

  /** A post-mortem that was opened for another issue than it names may be about both of them. */
  async function findOutdated(at: IssueRef): Promise<void> {
    const named = deps.named();
    if (named === undefined || refKey(named) === refKey(at) || refKey(named) === outdated) return;
    const found = await deps.tracker().get(named);
    const isMoved = found.kind === "failed" && (found.failure.kind === "gone" || (found.failure.kind === "transferred" && sameRef(found.failure.to, at)));
    if (isMoved) outdated = refKey(named);
  }

  /** An issue that is in no list may be deleted, transferred, or of a repository that the desk does not list. */
  async function readIncident(at: IssueRef): Promise<Result<{ readonly issue: Issue; readonly entries: ReturnType<typeof timeline> }>> {
    const listed = deps.find(at);
    const found = listed === undefined ? await deps.tracker().get(at) : ok(listed);
    if (found.kind === "failed") return found;
    const read = await deps.tracker().timeline(at);
    return read.kind === "failed" ? read : ok({ issue: found.value, entries: timeline(found.value, read.value, deps.checklistsOf(found.value)) });
  }

  function retry(): void {
    version = undefined;
    follow();
  }

  return {
    follow,
    retry,
    known: () => events,
    ref,
    use(to) {
      used = to;
      retry();
    },
    notice() {
      const at = ref();
      const named = deps.named();
      if (at === undefined) return undefined;
      if (failure === undefined) {
        if (named === undefined || refKey(named) !== outdated || refKey(named) === refKey(at)) return undefined;
        return {
          text: t("The post-mortem names issue {0}, which was transferred or deleted. It was opened for issue {1}.", nameOf(named), nameOf(at)),
          action: { kind: "useIssue", label: t("Use {0}", nameOf(at)), to: at },
        };
      }
      const name = nameOf(at);
      const again = { kind: "retry", label: t("Retry") } as const;
      if (failure.kind === "transferred") {
        const to = nameOf(failure.to);
        return { text: t("Issue {0} was transferred and is now {1}. To get its new events, use the new issue.", name, to), action: { kind: "useIssue", label: t("Use {0}", to), to: failure.to } };
      }
      if (failure.kind === "gone" || failure.kind === "otherIssue") return { text: t("Issue {0} was deleted or moved, so the post-mortem gets no new events. You can continue to edit it.", name), action: again };
      return { text: t("The events of issue {0} could not be read. You can continue to edit the post-mortem. {1}", name, deps.describeFailure(failure)), action: again };
    },
    problems(postmortem) {
      const offered = issue === undefined || events === undefined ? [] : offeredInstants(postmortem, issue, events);
      return [
        ...offered.map(({ instant, at }): EventProblem => ({
          place: { kind: "instant", instant },
          text: t("According to the issue, it was {0}.", deps.formatTime(at)),
          fix: { label: t("Use This Time"), edit: { kind: "instant", instant, value: at } },
        })),
        ...repeatedEntries(postmortem).different.map(({ id }): EventProblem => ({
          place: { kind: "entry", id },
          text: t("Another row is about the same event."),
          fix: { label: t("Remove Row"), edit: { kind: "removeEntry", id } },
        })),
      ];
    },
  };
}

function nextReading(failure: Failure | undefined, now: Instant): Instant {
  const isCertain = failure === undefined || failure.kind === "gone" || failure.kind === "transferred" || failure.kind === "otherIssue";
  const soon = instantAt(millisecondsOf(now) + (isCertain ? delays.next : delays.retry));
  return failure?.kind === "limited" ? latest([failure.until, soon]) : soon;
}

function nameOf(ref: IssueRef): string {
  return plainLabel(formatRef(ref, ""));
}
