import type { TimelineEntry } from "../../../core/incident/timeline";
import { milestoneNames } from "../../../core/markup/milestone";
import type { Instant } from "../../../core/model/issue";
import { formatRef } from "../../../core/model/issueRef";
import { plainText } from "../../../core/model/markdownDocument";
import type { MarkdownContent } from "../../../core/model/markdownBlocks";
import { assertNever } from "../../../core/model/result";
import { textHash } from "../../../core/model/textHash";
import type { Milestone } from "../../../core/model/timelineEvent";
import { readInline } from "../../../markdown/readMarkdown";
import type { EntryView } from "../../../protocol/issueTimeline";
import type { Translate } from "../../ui/operationLabels";

/** What entries of a timeline are formatted with. */
export interface EntryContext {
  readonly t: Translate;
  readonly readBlocks: (markdown: string) => MarkdownContent;
  /** The repository of the issue. References in it have no repository. */
  readonly home: string;
}

/** An entry of the timeline, or an update that was late, which no event says. */
export type PageEntry = TimelineEntry | { readonly kind: "missedUpdate"; readonly audience: string; readonly at: Instant; readonly by: string };

/** An entry of the page, identified by its content. */
export interface IdentifiedEntry {
  readonly id: string;
  readonly entry: PageEntry;
  readonly pending: boolean;
}

/** Identifies entries by their content. Equal ones are counted. */
export function identifyEntries(entries: readonly Omit<IdentifiedEntry, "id">[]): readonly IdentifiedEntry[] {
  const taken = new Set<string>();
  return entries.map(({ entry, pending }) => {
    const hash = textHash(JSON.stringify([pending, entry]), 11);
    let id = hash;
    for (let copy = 2; taken.has(id); copy++) id = `${hash}-${copy}`;
    taken.add(id);
    return { id, entry, pending };
  });
}

/** Formats an entry of the timeline. */
export function entryView({ id, entry, pending }: IdentifiedEntry, context: EntryContext): EntryView {
  return { id, at: entry.at, by: entry.by, pending, ...(entry.kind === "milestone" && entry.recorded !== undefined ? { recorded: entry.recorded } : {}), ...describe(entry, context) };
}

const maxPreview = 500;

/** An entry whose Markdown is not parsed yet: the start of its text is shown as it was written. It has another id than the parsed one. */
export function entryPreview(identified: IdentifiedEntry, context: EntryContext): EntryView {
  const { id, ...view } = entryView(identified, { ...context, readBlocks: startOf });
  return { id: `${id}+`, ...view };
}

function startOf(markdown: string): MarkdownContent {
  const text = markdown.slice(0, 4 * maxPreview).replace(/<!--[\s\S]*?(?:-->|$)/g, "").slice(0, maxPreview).replace(/[\uD800-\uDBFF]$/, "").trim();
  return text === "" ? [] : [{ kind: "paragraph", spans: [{ kind: "text", text }] }];
}

type Described = Pick<EntryView, "icon" | "group" | "text" | "body" | "url">;

function linkTo(url: string | undefined): Pick<EntryView, "url"> {
  return url === undefined ? {} : { url };
}

function describe(entry: PageEntry, context: EntryContext): Described {
  const { t, home } = context;
  switch (entry.kind) {
    case "opened":
      return { icon: "issues", group: "milestone", text: t("Opened") };
    case "closed":
      return { icon: "pass", group: "milestone", text: t("Closed") };
    case "reopened":
      return { icon: "issue-reopened", group: "milestone", text: t("Reopened") };
    case "labeled":
      return { icon: "tag", group: "change", text: t("Label added: {0}", entry.label) };
    case "unlabeled":
      return { icon: "tag", group: "change", text: t("Label removed: {0}", entry.label) };
    case "assigned":
      return { icon: "person-add", group: "change", text: t("Assigned: {0}", entry.login) };
    case "unassigned":
      return { icon: "person", group: "change", text: t("Unassigned: {0}", entry.login) };
    case "retitled":
      return { icon: "edit", group: "change", text: t("Title changed from “{0}” to “{1}”", entry.from, entry.to) };
    case "linked":
      return { icon: "link", group: "change", text: t("Linked: {0}", entry.link.kind === "postmortem" ? entry.link.path : formatRef(entry.link.other, home)) };
    case "referenced":
      return { icon: "git-commit", group: "change", text: t("Named in commit {0}", [entry.sha.slice(0, 7), entry.subject].filter((part) => part !== undefined).join(" ")), ...linkTo(entry.url) };
    case "mentioned": {
      const name = `${formatRef(entry.ref, home)} ${entry.title}`;
      return { icon: entry.isPullRequest ? "git-pull-request" : "issues", group: "change", text: entry.isPullRequest ? t("Named in pull request {0}", name) : t("Named in issue {0}", name), ...linkTo(entry.url) };
    }
    case "missedUpdate":
      return { icon: "warning", group: "milestone", text: t("Update for {0} was due", entry.audience) };
    case "commented":
      return { icon: "comment", group: "comment", text: t("Comment"), body: context.readBlocks(entry.text) };
    case "milestone":
      return describeMilestone(entry, context);
    case "runStarted":
      return { icon: "play", group: "checklist", text: t("Checklist started: {0}", entry.title) };
    case "stepDone":
      return { icon: "check", group: "checklist", text: t("Done: {0}", inline(entry.text)) };
    case "stepSkipped":
      return { icon: "debug-step-over", group: "checklist", text: t("Skipped: {0} ({1})", inline(entry.text), entry.reason) };
    case "decided":
      return { icon: "question", group: "checklist", text: t("Selected: {0} ({1})", inline(entry.option), inline(entry.text)) };
    default:
      return assertNever(entry);
  }
}

function describeMilestone(entry: Extract<TimelineEntry, { readonly kind: "milestone" }>, context: EntryContext): Described {
  const { icon, text } = milestoneTitle(entry, context.t);
  // A milestone without a text of its own has its English name as text.
  const hasOwnText = entry.text !== "" && entry.text !== milestoneNames[entry.milestone];
  return { icon, group: "milestone", text, ...(hasOwnText ? { body: context.readBlocks(entry.text) } : {}) };
}

function milestoneTitle(entry: Extract<TimelineEntry, { readonly kind: "milestone" }>, t: Translate): Pick<Described, "icon" | "text"> {
  const icon = milestoneIcons[entry.milestone];
  switch (entry.milestone) {
    case "started":
      return { icon, text: t("Impact started") };
    case "detected":
      return { icon, text: t("Detected") };
    case "acknowledged":
      return { icon, text: t("Acknowledged") };
    case "unacknowledged":
      return { icon, text: t("Acknowledgement withdrawn") };
    case "mitigated":
      return { icon, text: t("Mitigated") };
    case "resolved":
      return { icon, text: t("Resolved") };
    case "cancelled":
      return { icon, text: t("Cancelled") };
    case "lead":
    case "role":
      return { icon, text: entry.login === undefined ? t("Role assigned") : t("{0}: {1}", capital(entry.role ?? "lead"), entry.login === "" ? t("nobody") : entry.login) };
    case "handoff":
      return { icon, text: t("Handed off") };
    case "escalation":
      return { icon, text: t("Escalated") };
    case "update":
      return { icon, text: entry.audience === undefined ? t("Update sent") : t("Update sent to {0}", entry.audience) };
    case "note":
      return { icon, text: t("Note") };
    default:
      return assertNever(entry.milestone);
  }
}

const milestoneIcons: Readonly<Record<Milestone, string>> = {
  started: "flame",
  detected: "search",
  acknowledged: "eye",
  unacknowledged: "eye-closed",
  mitigated: "shield",
  resolved: "pass-filled",
  cancelled: "circle-slash",
  lead: "account",
  role: "account",
  handoff: "arrow-swap",
  escalation: "bell",
  update: "megaphone",
  note: "note",
};

function inline(markdown: string): string {
  return plainText(readInline(markdown));
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
