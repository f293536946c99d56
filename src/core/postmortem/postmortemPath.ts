import type { Desk } from "../desk/desk";
import { dateTextOf } from "../duty/localTime";
import type { Instant } from "../issue/issue";
import type { IssueRef } from "../issue/issueRef";

/** Where a new post-mortem goes: `<folder>/<day the issue was opened>-<number>-<name>.md`, the same on every call. */
export function postmortemPath(desk: Desk, ref: IssueRef, name: string, openedAt: Instant): string {
  const file = [dateTextOf(openedAt, desk.timezone), String(ref.number), slug(name)].filter((part) => part !== "").join("-");
  return [desk.postmortem.folder, `${file}.md`].filter((part) => part !== "").join("/");
}

/** Letters and digits of any script in lower case, at most 50, with a hyphen for all that is between them. */
function slug(text: string): string {
  const words = text.normalize("NFC").toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "-");
  return [...words].slice(0, 50).join("").replace(/^-+|-+$/g, "");
}
