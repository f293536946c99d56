import type { TimelineEntry } from "../../core/incident/timeline";
import type { IssueLink } from "../../core/model/issueChange";
import { refKey } from "../../core/model/issueRef";
import { sameLogin } from "../../core/model/names";
import { assertNever } from "../../core/model/result";
import type { Milestone } from "../../core/model/timelineEvent";
import type { TimelineLabels } from "../../core/postmortem/draftPostmortem";
import type { Translate } from "./operationLabels";

const maxEventLength = 280;

/** Formats what happened to an issue, each event as one line of Markdown. */
export function timelineLabels(t: Translate): TimelineLabels {
  return { event: (entry) => formatEvent(entry, t), services: (names) => t("Services: {0}.", names.join(", ")) };
}

function formatEvent(entry: TimelineEntry, t: Translate): string {
  const by = entry.by === "" ? t("Somebody") : entry.by;
  switch (entry.kind) {
    case "opened":
      return t("Opened by {0}", by);
    case "closed":
      return t("Closed by {0}", by);
    case "reopened":
      return t("Reopened by {0}", by);
    case "milestone":
      return said(t("{0} ({1})", formatMilestone(entry.milestone, t), by), entry.text, t);
    case "commented":
      return said(by, entry.text, t);
    case "labeled":
      return t("{0} set “{1}”", by, entry.label);
    case "unlabeled":
      return t("{0} took away “{1}”", by, entry.label);
    case "assigned":
      return sameLogin(entry.login, entry.by) ? t("{0} took it on", by) : t("{0} assigned {1}", by, entry.login);
    case "unassigned":
      return sameLogin(entry.login, entry.by) ? t("{0} gave it up", by) : t("{0} unassigned {1}", by, entry.login);
    case "retitled":
      return t("{0} changed the title from “{1}” to “{2}”", by, entry.from, entry.to);
    case "linked":
      return formatLink(entry.link, by, t);
    case "runStarted":
      return t("{0} started the runbook “{1}”", by, entry.title);
    case "stepDone":
      return t("{0} ({1})", entry.text, by);
    case "stepSkipped":
      return t("Skipped by {0}: {1} ({2})", by, entry.text, entry.reason);
    case "decided":
      return t("{0} {1} ({2})", entry.text, entry.option, by);
    default:
      return assertNever(entry);
  }
}

/** What a moment is called. */
export function formatMilestone(milestone: Milestone, t: Translate): string {
  switch (milestone) {
    case "acknowledged":
      return t("Acknowledged");
    case "unacknowledged":
      return t("Not acknowledged after all");
    case "mitigated":
      return t("Mitigated");
    case "resolved":
      return t("Resolved");
    case "lead":
      return t("Lead chosen");
    case "handoff":
      return t("Handed off");
    case "escalation":
      return t("Escalated");
    case "update":
      return t("Update sent");
    default:
      return assertNever(milestone);
  }
}

function formatLink(link: IssueLink, by: string, t: Translate): string {
  switch (link.kind) {
    case "parent":
      return t("{0} linked it under {1}", by, refKey(link.other));
    case "child":
      return t("{0} raised {1}", by, refKey(link.other));
    case "related":
      return t("{0} linked {1}", by, refKey(link.other));
    case "blockedBy":
      return t("{0} said that it waits for {1}", by, refKey(link.other));
    case "blocks":
      return t("{0} said that {1} waits for it", by, refKey(link.other));
    case "postmortem":
      return t("{0} began the post-mortem", by);
    default:
      return assertNever(link);
  }
}

function said(who: string, text: string, t: Translate): string {
  const characters = [...text.trim()];
  const shown = characters.length > maxEventLength ? `${characters.slice(0, maxEventLength).join("")}…` : characters.join("");
  return shown === "" ? who : t("{0}: {1}", who, shown);
}
