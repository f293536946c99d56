import type { Issue } from "../../core/issue/issue";
import { refKey, sameRef, type IssueRef } from "../../core/issue/issueRef";
import { readLinks } from "../../core/issue/linkRegion";
import { readRuns } from "../../core/issue/runRegion";
import type { IssueTracker } from "../../core/ports";
import { ok, type Result } from "../../core/result";

/** Gives the links of a retired twin to the issue that stays, on both ends. Issues that are known to be right already are left alone. */
export async function inherit(tracker: Pick<IssueTracker, "edit">, twin: Issue, of: Issue, known: readonly Issue[]): Promise<Result<void>> {
  const home = twin.ref.repository;
  const heirs = readLinks(of.body, home);
  for (const link of readLinks(twin.body, home)) {
    if (link.kind === "postmortem") continue;
    const { other } = link;
    const key = `inherit ${refKey(twin.ref)} ${refKey(other)}`;
    const inherited = heirs.some((heir) => heir.kind === link.kind && sameRef(heir.other, other));
    const far = known.find(({ ref }) => sameRef(ref, other));
    if (far === undefined ? !inherited : names(far, twin.ref)) {
      const above = await tracker.edit(other, { kind: "relink", from: twin.ref, to: of.ref }, key);
      if (above.kind === "failed") return above;
    }
    if (inherited) continue;
    const below = await tracker.edit(of.ref, { kind: "addLink", link }, key);
    if (below.kind === "failed") return below;
  }
  return ok(undefined);
}

/** Whether the issue's links or steps lead to the other one. */
function names(issue: Issue, other: IssueRef): boolean {
  const home = issue.ref.repository;
  return (
    readLinks(issue.body, home).some((link) => link.kind !== "postmortem" && sameRef(link.other, other)) ||
    readRuns(issue.body, home).some(({ items }) => items.some((item) => item.kind === "step" && item.links.some((link) => sameRef(link, other))))
  );
}
