import type { Issue } from "../../core/issue/issue";
import type { LinkKind } from "../../core/issue/issueChange";
import { refKey, sameRef, type IssueRef } from "../../core/issue/issueRef";
import { readLinks } from "../../core/issue/linkRegion";
import { readRuns } from "../../core/issue/runRegion";
import type { IssueTracker } from "../../core/ports";
import { ok, type Result } from "../../core/result";

/**
 * Gives the links of a retired twin to the issue that stays, on both ends and as the server keeps them. Issues that are known
 * to be right already are left alone, and so are links that were `settled` before; those that now are, are added to them.
 */
export async function inherit(tracker: Pick<IssueTracker, "edit" | "link">, twin: Issue, of: Issue, known: readonly Issue[], settled: Set<string>): Promise<Result<void>> {
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
    if (inherited && settled.has(`${key} ${link.kind}`)) continue;
    const below = await linkAs(tracker, of.ref, link.kind, other);
    if (below.kind === "failed") return below;
    settled.add(`${key} ${link.kind}`);
  }
  return ok(undefined);
}

/** Links an issue to another one so that it says the kind of link itself. */
async function linkAs(tracker: Pick<IssueTracker, "link">, ref: IssueRef, kind: LinkKind, other: IssueRef): Promise<Result<void>> {
  if (kind === "parent") return tracker.link(other, ref, "child");
  return kind === "blocks" ? tracker.link(other, ref, "blockedBy") : tracker.link(ref, other, kind);
}

/** Whether the issue's links or steps lead to the other one. */
function names(issue: Issue, other: IssueRef): boolean {
  const home = issue.ref.repository;
  return (
    readLinks(issue.body, home).some((link) => link.kind !== "postmortem" && sameRef(link.other, other)) ||
    readRuns(issue.body, home).some(({ items }) => items.some((item) => item.kind === "step" && item.links.some((link) => sameRef(link, other))))
  );
}
