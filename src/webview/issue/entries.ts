import { runInBackground } from "../../core/model/queues";
import type { RequestResult } from "../../protocol/channel";
import type { IssueReply, IssueState } from "../../protocol/issue";
import type { EntryView } from "../../protocol/issueTimeline";

/** The entries of the timeline, which the page asks for when the state has a new revision of them. */
interface TimelineEntries {
  follow(state: IssueState): void;
}

/** Calls `show` with all entries in order, each time that they changed. Only entries that the page lacks are transferred. */
export function createTimeline(ask: (known: string) => Promise<RequestResult<IssueReply>>, show: (entries: readonly EntryView[]) => void): TimelineEntries {
  let known = "";
  let wanted = "";
  let asking = false;
  let entries: ReadonlyMap<string, EntryView> = new Map();

  async function update(): Promise<void> {
    asking = true;
    while (known !== wanted) {
      const asked = wanted;
      const result = await ask(known);
      if (result.kind !== "reply" || result.reply.kind !== "timeline") break;
      const { revision, order, entries: fresh } = result.reply;
      const all = new Map([...entries, ...fresh.map((entry) => [entry.id, entry] as const)]);
      entries = new Map(order.flatMap((id) => {
        const entry = all.get(id);
        return entry === undefined ? [] : [[id, entry] as const];
      }));
      known = revision;
      show([...entries.values()]);
      // The host may have a newer one by now, whose state is on its way.
      if (wanted === asked) wanted = revision;
    }
    asking = false;
  }

  return {
    follow({ content }) {
      const revision = content.kind === "issue" ? content.issue.timeline.revision : undefined;
      if (revision === undefined) return;
      wanted = revision;
      if (!asking) runInBackground(update(), console);
    },
  };
}
