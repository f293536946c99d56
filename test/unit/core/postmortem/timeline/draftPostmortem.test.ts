import assert from 'node:assert/strict';
import { parseDesk } from '../../../../../src/core/desk/parseDesk';
import { defaultDesk } from '../../../../../src/core/desk/defaultDesk';
import { readClosures } from '../../../../../src/calendars/readClosures';
import { businessTime } from '../../../../../src/core/calendar/businessTime';
import { timeline } from '../../../../../src/core/incident/timeline';
import { issueFacts } from '../../../../../src/core/issue/issueFacts';
import type { Desk, Duration } from '../../../../../src/core/model/desk';
import type { Issue } from '../../../../../src/core/model/issue';
import { refKey } from '../../../../../src/core/model/issueRef';
import type { TimelineEvent } from '../../../../../src/core/model/timelineEvent';
import { actionDraft, actionKey, actionOrigin, actionTargets } from '../../../../../src/core/postmortem/library/actionDraft';
import { draftPostmortem, reviewDue } from '../../../../../src/core/postmortem/timeline/draftPostmortem';
import { newEntries } from '../../../../../src/core/postmortem/timeline/eventRows';
import { incidentEvents } from '../../../../../src/core/postmortem/timeline/origins';
import { type Postmortem, postmortemPath } from '../../../../../src/core/postmortem/postmortem';
import { renderPostmortem } from '../../../../../src/core/postmortem/document/renderPostmortem';
import { sampleIssue } from '../../../../support/sampleIssue';
import { action, emptyPostmortem, parse, zone } from '../samples';

const desk: Desk = {
  ...defaultDesk("acme/desk"),
  timezone: zone,
  holidays: [{ kind: "date", date: "2026-11-26" }],
  priorities: [
    { name: "high", label: "priority: high", criteria: [] },
    { name: "normal", label: "priority: normal", criteria: [] },
  ],
  people: [{ login: "ben", experienced: true, roles: [], away: [] }],
};

const closed: Partial<Issue> = { state: "closed", closedAt: "2026-11-20T18:00:00Z", labels: ["incident", "priority: high", "service: Portal", "sev-1"], assignees: ["ben"] };

function comment(at: string, markdown: string): TimelineEvent {
  return { kind: "commented", at, by: "ana", markdown };
}

function draft(issue: Issue, events: readonly TimelineEvent[] = []): Postmortem {
  return draftPostmortem(issue, issueFacts(issue, desk), timeline(issue, events, []), { desk, time: businessTime(desk), now: "2026-11-21T00:00:00Z" });
}

describe("A new post-mortem", () => {
  it("contains what is known from the issue", () => {
    const made = draft(sampleIssue(closed), [
      comment("2026-11-20T16:05:00Z", "On it\n\n<!-- desk:moment acknowledged -->"),
      comment("2026-11-20T16:06:00Z", "@cy leads\n\n<!-- desk:moment lead -->"),
      comment("2026-11-20T16:30:00.001Z", "We are on it,\n@cy too.\n\n<!-- desk:moment update -->"),
      comment("2026-11-20T17:00:00Z", "Rolled back\n\n<!-- desk:moment resolved -->"),
    ]);
    assert.equal(made.severity, "SEV1");
    assert.equal(made.priority, "high");
    assert.equal(made.lead, "cy");
    assert.deepEqual(made.instants, { started: "2026-11-20T16:00:00Z", detected: "2026-11-20T16:00:00Z", acknowledged: "2026-11-20T16:05:00Z", resolved: "2026-11-20T17:00:00Z" });
    assert.deepEqual(made.services, ["Portal"]);
    assert.equal(made.texts.resolution, "Rolled back");
    assert.equal(made.texts.communications, "- 2026-11-20 08:30:00 -08:00 · ana: We are on it,\n  @\u2060cy too.");
    assert.equal(made.timeline.length, 5);
    assert.equal(made.eventsUntil, "2026-11-20T17:00:00Z");
    assert.deepEqual(parse(renderPostmortem(made, zone)).postmortem.timeline.map(({ time, event }) => ({ time, event })), made.timeline.map(({ time, event }) => ({ time, event })));
  });

  it("falls back to the assignee as lead and closing as the end", () => {
    const made = draft(sampleIssue(closed));
    assert.equal(made.lead, "ben");
    assert.equal(made.instants.resolved, "2026-11-20T18:00:00Z");
    assert.ok(!("severity" in draft(sampleIssue())));
  });

  it("names the severity as the desk does, and the audiences of updates", () => {
    const issue = sampleIssue({ ...closed, labels: ["incident", "Major"] });
    const events = timeline(issue, [comment("2026-11-20T16:30:00Z", "Wait.\n\n<!-- desk:moment update audience=customers -->")], []);
    const made = draftPostmortem(issue, issueFacts(issue, desk), events, { desk: { ...desk, severities: ["Critical", "major"] }, time: businessTime(desk), now: "2026-11-21T00:00:00Z" });
    assert.equal(made.severity, "major");
    assert.equal(made.texts.communications, "- 2026-11-20 08:30:00 -08:00 · ana to customers: Wait.");
  });

  it("has a row for each event, with its source and its origin, so that none of them is new", () => {
    const issue = sampleIssue(closed);
    const events = [comment("2026-11-20T17:00:00Z", "one"), comment("2026-11-20T17:01:00Z", "Back\n\n<!-- desk:moment resolved -->")];
    const made = draft(issue, events);
    assert.deepEqual(made.timeline.map(({ source, event }) => `${source}: ${event}`), ["issue: Opened by ana", "comment: ana: one", "milestone: Resolved (ana): Back"]);
    assert.deepEqual(newEntries(made, incidentEvents(timeline(issue, events, []))), []);
    assert.deepEqual(newEntries(made, incidentEvents(timeline(issue, [...events, comment("2026-11-20T16:30:00Z", "late")], []))).length, 1);
  });

  it("is due for review within 3 days for the worst severity, 5 days for others, or as configured, all in business time", () => {
    const hours = [1, 2, 3, 4, 5].map((weekday) => ({ weekday, spans: [{ from: "08:00", to: "17:00" }] }));
    const due = (severity: string | undefined, priority: string, within?: Duration, open = hours): string => {
      const withHours = { ...desk, hours: open, postmortem: { ...desk.postmortem, ...(within === undefined ? {} : { within }) } };
      return reviewDue({ desk: withHours, time: businessTime(withHours, readClosures(withHours.holidays, new Map(), withHours.timezone).closures) }, "2026-11-20T18:00:00Z", severity, priority);
    };
    assert.equal(due("SEV1", "normal"), "2026-11-25");
    assert.equal(due(undefined, "high"), "2026-11-25");
    // Thursday is a holiday.
    assert.equal(due(undefined, "normal"), "2026-11-30");
    assert.equal(due("SEV1", "high", { amount: 5, unit: "d" }), "2026-11-30");
    assert.equal(due("SEV1", "high", { amount: 2, unit: "w" }), "2026-12-07");
    assert.equal(due("SEV1", "high", { amount: 20, unit: "h" }), "2026-11-24");
    assert.equal(due("SEV1", "high", { amount: 5, unit: "d" }, []), "2026-11-25");
  });

  it("has a file named by the desk's date, the number and the name", () => {
    const at = "2026-11-21T03:00:00Z";
    assert.equal(postmortemPath({ ...desk, postmortem: { folder: "learn/from", for: [] } }, { repository: "a/b", number: 12 }, "Portal: is “down”?!", at), "learn/from/2026-11-20-12-portal-is-down.md");
    assert.match(postmortemPath(desk, { repository: "a/b", number: 12 }, "/../../etc", at), /\/2026-11-20-12-etc\.md$/);
    assert.match(postmortemPath(desk, { repository: "a/b", number: 12 }, "🚒", at), /\/2026-11-20-12\.md$/);
  });
});

describe("An accepted action", () => {
  it("is created as an issue if the desk has that kind, and assigned to its owner", () => {
    const kinds: Desk = { ...desk, kinds: [{ name: "incident", repositories: ["a/live"] }, { name: "request", repositories: ["a/desk"] }, { name: "issue", repositories: ["a/x", "a/y"] }] };
    const places = actionTargets(kinds, "incident").map(({ kind, repository }) => `${kind} ${repository}`);
    assert.deepEqual(places, ["issue a/x", "issue a/y", "incident a/live", "request a/desk"]);
    const proposed = action("a", "Alert\nwhen logins stop", { owner: "@ben", priority: "high", due: "2026-12-01" });
    const target = { kind: "issue", repository: "a/y" };
    const made = actionDraft(kinds, proposed, target, actionOrigin({ ...emptyPostmortem, title: "Portal [down]" }, proposed, "learn/a b.md", target.repository));
    assert.equal(made.kind, "ok");
    if (made.kind !== "ok") return;
    assert.equal(made.value.title, "Alert");
    assert.equal(made.value.repository, "a/y");
    assert.equal(made.value.body, `when logins stop\n\nAction item from the post-mortem of ${refKey(emptyPostmortem.issue)}: [Portal \\[down\\]](/learn/a%20b.md)\n\nDue: 2026-12-01`);
    assert.deepEqual(made.value.assignees, ["ben"]);
    assert.ok(made.value.labels.includes("priority: high"));
  });

  it("links to a post-mortem whose path would end the link, or is not text", () => {
    for (const [path, url] of [["learn/a (b).md", "learn/a%20%28b%29.md"], ["learn/\uD800.md", "learn/%EF%BF%BD.md"], ["learn/größe#1.md", "learn/größe%231.md"]] as const) {
      assert.match(actionOrigin({ ...emptyPostmortem, title: "Portal" }, action("a", "Alert"), path, "a/y"), new RegExp(`\\]\\(/${url}\\)`));
    }
  });

  it("is assigned to an owner who is named by name, if the desk knows the person", () => {
    const people = parseDesk("timezone: UTC\npeople: [{ login: ana, name: Ana Ruiz }]\nkinds: { issue: { repository: a/x } }\n").desk ?? assert.fail("broken desk");
    const assignees = ["Ana Ruiz", "@ANA", "Ana R", ""].map((owner) => {
      const made = actionDraft(people, action("a", "Alert", { owner }), { kind: "issue", repository: "a/x" }, "");
      return made.kind === "ok" ? made.value.assignees : made;
    });
    assert.deepEqual(assignees, [["ana"], ["ana"], [], []]);
  });

  it("is the same issue when it is accepted again, whatever row it is now", () => {
    assert.equal(actionKey(emptyPostmortem, action("a1", "Alert"), "a.md"), actionKey(emptyPostmortem, action("a7", "Alert ", { owner: "ben" }), "b.md"));
    assert.notEqual(actionKey(emptyPostmortem, action("a1", "Alert"), "a.md"), actionKey(emptyPostmortem, action("a1", "Alarm"), "a.md"));
  });
});
