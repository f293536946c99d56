import * as v from "valibot";
import { durationPattern } from "../model/desk";
import { loginPattern } from "../model/names";
import { checklistTimes } from "../model/runbook";

// Used for validation, and to generate media/desk.schema.json for completion and hovers.
// A rule with its own code in DeskProblemCode uses that code as its message.

const login = v.pipe(
  v.string(),
  v.regex(loginPattern, "badName"),
  v.description("A person's login, without the @."),
);

const role = v.pipe(
  v.string(),
  v.regex(/^[^\s@,/]{1,60}$/, "badName"),
  v.description("A role, in one word. Runbooks mention it with @."),
);

const name = v.pipe(v.string(), v.regex(/^[^\s\\/:*?"<>|.[\]#{}][^\r\n\t\\/:*?"<>|.[\]#{}]{0,39}$/, "badName"));

const date = v.pipe(v.string(), v.regex(/^\d{4}-\d{2}-\d{2}$/, "badDate"), v.description("A date, for example 2026-11-26."));

const when = v.pipe(v.string(), v.regex(/^\d{4}-\d{2}-\d{2}(T([01]\d|2[0-3]):[0-5]\d)?$/, "badDate"));

const repository = v.pipe(
  v.string(),
  v.regex(/^((?!\.+\/)[\w.-]+\/(?!\.+$)[\w.-]+|local)$/, "badRepository"),
  v.description("A repository as owner/name, or local for plain files that belong to no repository."),
);

function duration(description: string) {
  return v.pipe(
    v.string(),
    v.regex(durationPattern, "badDuration"),
    v.description(`${description} A number and m, h, d or w, for example 15m, 1h, 5d, 1w.`),
    v.examples(["15m", "30m", "1h", "2h", "4h", "1d", "5d", "1w"]),
  );
}

function text(description: string) {
  return v.pipe(v.string(), v.minLength(1, "missingKey"), v.description(description));
}

function texts(description: string) {
  return v.pipe(v.array(v.pipe(v.string(), v.minLength(1, "missingKey"))), v.description(description));
}

const span = v.pipe(v.string(), v.regex(/^([01]?\d|2[0-3]):[0-5]\d ?- ?(([01]?\d|2[0-3]):[0-5]\d|24:00)$/, "badHours"));

const weekdaysPattern = /^(Mon|Tue|Wed|Thu|Fri|Sat|Sun)(-(Mon|Tue|Wed|Thu|Fri|Sat|Sun))?(, ?(Mon|Tue|Wed|Thu|Fri|Sat|Sun)(-(Mon|Tue|Wed|Thu|Fri|Sat|Sun))?)*$/;

const hours = v.pipe(
  v.record(
    v.pipe(
      v.string(),
      v.regex(/^(Mon|Tue|Wed|Thu|Fri|Sat|Sun)(-(Mon|Tue|Wed|Thu|Fri|Sat|Sun))?(, ?(Mon|Tue|Wed|Thu|Fri|Sat|Sun)(-(Mon|Tue|Wed|Thu|Fri|Sat|Sun))?)*$/, "badHours"),
      v.examples(["Mon-Fri", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun", "Mon-Sun"]),
    ),
    v.pipe(
      v.array(span),
      v.description("Spans of business hours. A span that ends before it starts continues past midnight."),
      v.examples([["08:00-12:00", "13:00-17:00"], ["08:00-18:00"], ["00:00-24:00"]]),
    ),
  ),
  v.description("Business hours per weekday in the time zone of the desk, for example Mon-Fri: [\"08:00-12:00\", \"13:00-17:00\"]. Default: the clock runs at all times."),
);

const holiday = v.union([
  date,
  v.strictObject({
    calendar: v.optional(text("An iCalendar file with holidays, relative to the folder of this file.")),
    country: v.optional(v.pipe(v.string(), v.regex(/^[A-Z]{2}$/, "badName"), v.description("A country whose public holidays apply, as an ISO 3166 code such as US. Use this or calendar."))),
    region: v.optional(v.pipe(v.string(), v.regex(/^[A-Za-z0-9]{1,3}$/, "badName"), v.description("A state or province whose holidays also apply, as a code such as CA."))),
  }),
]);

const exceptions = v.pipe(
  v.record(
    date,
    v.pipe(v.array(span), v.description("Business hours on this date. An empty list means closed."), v.examples([["08:00-12:00"], []])),
  ),
  v.description("Dates with different business hours, for example 2026-12-24: [\"08:00-12:00\"]. They take precedence over holidays and weekdays."),
);

const kind = v.strictObject({
  repository: v.optional(repository),
  repositories: v.optional(
    v.pipe(
      v.array(repository),
      v.minLength(1, "missingKey"),
      v.description("Repositories to choose from. The first is the default. Use this or repository."),
    ),
  ),
  label: v.optional(text("The label of issues of this kind. Default: the name of the kind.")),
  prefix: v.optional(text("The prefix of titles of this kind, for example [INCIDENT].")),
  type: v.optional(text("The GitHub issue type of new issues of this kind, for example Bug. Requires issue types in the organization.")),
  respondWithin: v.optional(duration("The response goal in business hours. An issue must be acknowledged within this time.")),
  triageWithin: v.optional(duration("The time within which someone decides whether a report can be handled immediately or needs an issue.")),
  runbook: v.optional(text("The default runbook, relative to the folder of this file.")),
});

const priority = v.strictObject({
  label: v.optional(text("The label of this priority. Default: “priority: ” and the name.")),
  respondWithin: v.optional(duration("The response goal for this priority. The strictest goal of kind, priority and runbook applies.")),
  updateEvery: v.optional(duration("The update cadence: how often affected people receive an update.")),
  criteria: v.optional(texts("Criteria for this priority. One is enough.")),
});

const firstDay = v.pipe(v.string(), v.regex(/^\d{4}-\d{2}-\d{2}$/, "badDate"), v.description("The first day, for example 2026-06-15. The person takes shifts that start on or after this day. Earlier shifts do not change."));

const lastDay = v.pipe(v.string(), v.regex(/^\d{4}-\d{2}-\d{2}$/, "badDate"), v.description("The last day, for example 2026-06-14. The person takes no shift that starts after this day. Earlier shifts do not change."));

const person = v.strictObject({
  login: login,
  name: v.optional(text("The person's name.")),
  email: v.optional(text("The person's email address.")),
  phone: v.optional(text("The person's phone number.")),
  experienced: v.optional(v.pipe(v.boolean(), v.description("Whether the person can back up a newer colleague."))),
  roles: v.optional(v.pipe(v.array(role), v.description("Roles outside the rotation, for example on-site."))),
  away: v.optional(
    v.pipe(
      v.array(v.pipe(v.string(), v.regex(/^\d{4}-\d{2}-\d{2}(\/\d{4}-\d{2}-\d{2})?$/, "badDate"))),
      v.description("Days away, for example 2026-12-21/2027-01-02. Both days are included."),
    ),
  ),
  from: v.optional(firstDay),
  until: v.optional(lastDay),
});

const timeOfDay = /^([01]\d|2[0-3]):[0-5]\d$/;

const rotation = v.strictObject({
  starts: v.pipe(date, v.description("The first day of the first shift.")),
  every: v.optional(
    v.pipe(
      v.string(),
      v.regex(/^[1-9][0-9]{0,2}[dw]$/, "badDuration"),
      v.description("The length of a shift, in days or weeks. Default: 1w."),
      v.examples(["1w", "2w", "1d"]),
    ),
  ),
  changesAt: v.optional(
    v.pipe(
      v.string(),
      v.regex(timeOfDay, "badTime"),
      v.description("The time, in the time zone of the desk, at which shifts change and days of overrides start. Default: midnight."),
      v.examples(["09:00"]),
    ),
  ),
  from: v.optional(
    v.pipe(v.string(), v.regex(timeOfDay, "badTime"), v.description("For a rotation that covers part of the day: its start. Shifts and days of overrides start at this time."), v.examples(["08:00", "13:00"])),
  ),
  to: v.optional(
    v.pipe(
      v.string(),
      v.regex(/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/, "badTime"),
      v.description("For a rotation that covers part of the day: its end. If it is not after from, it is on the next day. Default: midnight."),
      v.examples(["13:00", "18:00"]),
    ),
  ),
  days: v.optional(
    v.pipe(v.string(), v.regex(weekdaysPattern, "badHours"), v.description("Weekdays on which someone is on call, for example Mon-Fri. Default: all."), v.examples(["Mon-Fri", "Sat-Sun"])),
  ),
  roles: v.optional(
    v.pipe(
      v.array(role),
      v.minLength(1, "missingKey"),
      v.description("The roles of a shift, each held by one person. Default: primary and backup, or the name of the rotation."),
      v.examples([["primary", "backup"]]),
    ),
  ),
  people: v.optional(
    v.pipe(
      v.array(v.union([login, v.strictObject({ login, from: v.optional(firstDay), until: v.optional(lastDay) })])),
      v.minLength(1, "missingKey"),
      v.description("Who takes shifts, in this order. To set a first or last day in this rotation, use { login: ana, from: 2026-06-15 }. Default: all people, in the order listed."),
    ),
  ),
  planned: v.optional(
    v.pipe(
      v.record(date, v.nullable(v.record(role, login))),
      v.description("Planned shifts that replace the regular order: the first day of the shift and its people, for example 2026-11-23: { primary: ana, backup: ben }."),
    ),
  ),
  overrides: v.optional(
    v.pipe(
      v.array(
        v.objectWithRest(
          {
            from: v.pipe(when, v.description("The first day, or a local time such as 2026-11-24T12:00.")),
            to: v.pipe(when, v.description("The last day (included), or the local time at which the override ends.")),
          },
          login,
        ),
      ),
      v.description("Who holds a role instead, and when, for example { from: 2026-11-24, to: 2026-11-26, primary: ben }. If overrides overlap, the last one applies."),
    ),
  ),
});

const escalation = v.pipe(
  v.array(
    v.strictObject({
      after: duration("The time after the report without an acknowledgement."),
      to: v.pipe(v.array(v.string()), v.minLength(1, "missingKey"), v.description("Roles or logins to ask.")),
    }),
  ),
  v.description("The escalation policy: who is asked next, and when. Response Desk proposes an escalation to the person on call and never sends it automatically."),
);

const audience = v.strictObject({
  slack: v.optional(text("A Slack channel.")),
  email: v.optional(v.pipe(v.array(v.pipe(v.string(), v.minLength(1, "missingKey"))), v.description("Email addresses."))),
  webhook: v.optional(
    v.pipe(
      v.string(),
      v.regex(/^[A-Za-z0-9][\w.-]{0,39}$/, "badName"),
      v.description("A name for an incoming webhook that accepts Slack messages, for example ops-channel. Response Desk asks for its address when it is first used, and stores it in the editor's secret storage. Never write the address here."),
    ),
  ),
  updateEvery: v.optional(
    v.pipe(
      v.union([duration("The update cadence for every priority."), v.record(name, duration("The update cadence for this priority."))]),
      v.description("How often this audience receives an update, for example 4h or { high: 1h, normal: 1d }. Default: the update cadence of the priority."),
    ),
  ),
  hours: v.optional(v.pipe(v.picklist(["business", "always"]), v.description("Whether updates are due during business hours only, or always. Default: business."))),
  internal: v.optional(v.pipe(v.boolean(), v.description("Whether this audience knows the work of the team. Drafts of its updates then contain steps and decisions of checklists. Default: false."))),
});

/** The structure of `desk.yml`. `buildDesk` checks the rest, such as whether a time zone or a person exists. */
export const deskSchema = v.pipe(
  v.strictObject({
    team: v.optional(text("The team's name.")),
    timezone: v.optional(text("The time zone of hours, holidays and shifts, for example America/Los_Angeles. Default: UTC.")),
    hours: v.optional(hours),
    holidays: v.optional(v.pipe(v.array(holiday), v.description("Days on which the desk is closed: dates, { calendar: file.ics } or { country: US, region: CA }."))),
    exceptions: v.optional(exceptions),
    kinds: v.optional(
      v.pipe(
        v.record(v.pipe(name, v.examples(["incident", "request", "record", "opportunity", "issue"])), v.nullable(kind)),
        v.description("The kinds of issue that the desk works with, and where each is stored. Default: incident, request and issue."),
      ),
    ),
    priorities: v.optional(
      v.pipe(v.record(v.pipe(name, v.examples(["high", "normal", "low"])), v.nullable(priority)), v.description("Priorities, the most urgent first. Default: high and normal.")),
    ),
    stages: v.optional(
      v.pipe(
        v.array(v.pipe(v.string(), v.minLength(1, "missingKey"))),
        v.minLength(2, "tooFewStages"),
        v.description("Stages of work. New issues are in the first stage, closed issues in the last. Default: To do, In progress, Done."),
        v.examples([["To do", "In progress", "Done"]]),
      ),
    ),
    services: v.optional(texts("Services that an incident can affect.")),
    environments: v.optional(texts("Environments that an incident can affect, for example Production.")),
    people: v.optional(v.pipe(v.array(person), v.description("The members of the team."))),
    rotation: v.optional(v.pipe(rotation, v.description("Who is on call, and when."))),
    rotations: v.optional(
      v.pipe(
        v.record(v.pipe(role, v.examples(["morning", "afternoon", "second-line"])), rotation),
        v.description("More rotations by name, for example for other teams, levels or parts of the day. Each has its own roles, people and shifts. A role can be in one rotation only."),
      ),
    ),
    severities: v.optional(v.pipe(v.array(v.pipe(v.string(), v.regex(/^[^\s,:][^\r\n\t,]{0,39}$/, "badName"))), v.minLength(1, "missingKey"), v.description("Severities of incidents, the worst first. An incident has its severity as a label. Default: SEV1, SEV2, SEV3."), v.examples([["SEV1", "SEV2", "SEV3"]]))),
    impact: v.optional(
      v.pipe(
        v.record(v.string(), v.union([v.picklist(["major", "partial", "none"]), v.pipe(v.number(), v.minValue(0, "badImpact"), v.maxValue(1, "badImpact"))], "badImpact")),
        v.description("The impact of each severity on the availability of services: major (1), partial (0.3), none (0), or a number between 0 and 1. Default: major for the worst severity, partial for all others."),
        v.examples([{ SEV1: "major", SEV2: "partial", SEV3: "none" }]),
      ),
    ),
    incidentRoles: v.optional(v.pipe(v.array(role), v.description("Roles that people take in an incident, in addition to lead. Default: communications, scribe."), v.examples([["communications", "scribe"]]))),
    transitions: v.optional(
      v.pipe(
        v.record(v.pipe(v.string(), v.minLength(1, "missingKey")), v.array(v.pipe(v.string(), v.minLength(1, "missingKey")))),
        v.description("The stages that can follow a stage, for example To do: [In progress]. From a stage that is not listed, an issue can go to every stage."),
      ),
    ),
    triage: v.optional(
      v.pipe(
        v.strictObject({
          within: v.optional(duration("The time in which a report is answered at once or becomes a request. Default: 15m.")),
          tell: v.optional(texts("Roles or logins that are mentioned on new requests, for example product-manager.")),
          keepAnswers: v.optional(v.pipe(v.boolean(), v.description("Whether reports that are answered at once are recorded, for metrics. Default: false."))),
        }),
        v.description("How incoming reports are sorted."),
      ),
    ),
    checklists: v.optional(
      v.pipe(
        v.array(
          v.strictObject({
            runbook: v.pipe(text("The runbook, or a section of it, for example operations.md#start-of-day. Relative to the folder of this file."), v.examples(["operations.md#start-of-day"])),
            role: v.optional(text("The role or person who works through the checklist. Default: everybody.")),
            when: v.pipe(v.picklist(checklistTimes), v.description("When the checklist is due.")),
          }),
        ),
        v.description("Checklists of roles, in addition to runbooks whose front matter has role and when. A section of a larger file can be a checklist without a change to that file."),
      ),
    ),
    escalation: v.optional(escalation),
    audiences: v.optional(v.pipe(v.record(v.pipe(name, v.examples(["users", "team", "leadership"])), v.nullable(audience)), v.description("Who receives updates, and how."))),
    postmortem: v.optional(
      v.pipe(
        v.strictObject({
          folder: v.optional(text("The folder for post-mortems, relative to the workspace folder. Default: postmortems.")),
          for: v.optional(texts("Priorities that require a post-mortem.")),
          within: v.optional(duration("The business time after the resolution within which the post-mortem is reviewed.")),
          template: v.optional(v.pipe(text("The Markdown file that new post-mortems are built from, relative to the workspace folder. Its headings, order, text and front matter are kept. Variables: {{title}}, {{date}}, {{incident}}, {{severity}}, {{services}}. Default: the standard structure."), v.examples(["postmortems/template.md"]))),
        }),
        v.description("When a post-mortem is due, and where it is stored."),
      ),
    ),
    folders: v.optional(texts("Folders that contain runbooks, relative to the workspace folder. Default: the folder of this file.")),
  }),
  v.title("desk.yml"),
  v.description("The desk of a team: kinds of issue, business hours, people, rotations and rules. Stored next to the runbooks."),
);

/** The contents of a valid `desk.yml`. */
export type DeskFile = v.InferOutput<typeof deskSchema>;

export type AudienceFile = v.InferOutput<typeof audience>;

export type KindFile = v.InferOutput<typeof kind>;

export type RotationFile = v.InferOutput<typeof rotation>;
