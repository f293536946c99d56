import type { Desk } from "../desk/desk";
import { dateTextOf } from "../duty/localTime";
import type { Instant } from "../issue/issue";
import { fileSlug } from "../fileSlug";
import type { IssueRef } from "../issue/issueRef";

/** Where a new post-mortem goes: `<folder>/<day the issue was opened>-<number>-<name>.md`, the same on every call. */
export function postmortemPath(desk: Desk, ref: IssueRef, name: string, openedAt: Instant): string {
  const file = [dateTextOf(openedAt, desk.timezone), String(ref.number), fileSlug(name)].filter((part) => part !== "").join("-");
  return [desk.postmortem.folder, `${file}.md`].filter((part) => part !== "").join("/");
}
