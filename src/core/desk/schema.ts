import * as v from "valibot";
import { durationPattern } from "../model/desk";
import { loginPattern } from "../model/names";

// One source for three uses: checking, completion (media/desk.schema.json is made from it) and its explanations.
// Where a rule has a code of its own in DeskProblemCode, that code is the rule's message.

const login = v.pipe(
  v.string(),
  v.regex(loginPattern, "badName"),
  v.description("A person's login, without the @."),
);

const role = v.pipe(
  v.string(),
  v.regex(/^[^\s@,/]{1,60}$/, "badName"),
  v.description("A role in one word. Runbooks address it with @."),
);

const name = v.pipe(v.string(), v.regex(/^[^\s\\/:*?"<>|.[\]#{}][^\r\n\t\\/:*?"<>|.[\]#{}]{0,39}$/, "badName"));

const date = v.pipe(v.string(), v.regex(/^\d{4}-\d{2}-\d{2}$/, "badDate"), v.description("A date, as in 2026-11-26."));

const when = v.pipe(v.string(), v.regex(/^\d{4}-\d{2}-\d{2}(T([01]\d|2[0-3]):[0-5]\d)?$/, "badDate"));

const repository = v.pipe(
  v.string(),
  v.regex(/^((?!\.+\/)[\w.-]+\/(?!\.+$)[\w.-]+|local)$/, "badRepository"),
  v.description("A repository as owner/name, or local for plain files that belong to none."),
);

function duration(description: string) {
  return v.pipe(
    v.string(),
    v.regex(durationPattern, "badDuration"),
    v.description(`${description} A number and m, h, d or w, as in 15m, 1h, 5d, 1w.`),
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
      v.description("Spans of opening time. One that ends before it starts goes on past midnight."),
      v.examples([["08:00-12:00", "13:00-17:00"], ["08:00-18:00"], ["00:00-24:00"]]),
    ),
  ),
  v.description("Business hours per weekday, as in Mon-Fri: [\"08:00-12:00\", \"13:00-17:00\"], in the desk's time zone. Left out: the clock never stops."),
);

const holiday = v.union([
  date,
  v.strictObject({
    calendar: v.optional(text("An iCalendar file with holidays, from the folder of this file.")),
    country: v.optional(v.pipe(v.string(), v.regex(/^[A-Z]{2}$/, "badName"), v.description("A country whose public holidays are kept, by its ISO 3166 code, as in US. Use this or calendar."))),
    region: v.optional(v.pipe(v.string(), v.regex(/^[A-Za-z0-9]{1,3}$/, "badName"), v.description("A state or province whose holidays are kept as well, by its code, as in CA."))),
  }),
]);

const exceptions = v.pipe(
  v.record(
    date,
    v.pipe(v.array(span), v.description("Opening times of this date alone; an empty list: closed."), v.examples([["08:00-12:00"], []])),
  ),
  v.description("Dates with hours of their own, as in 2026-12-24: [\"08:00-12:00\"]. They go before holidays and weekdays."),
);

const kind = v.strictObject({
  repository: v.optional(repository),
  repositories: v.optional(
    v.pipe(
      v.array(repository),
      v.minLength(1, "missingKey"),
      v.description("Repositories to choose from; the first is offered first. Use this or repository."),
    ),
  ),
  label: v.optional(text("The label that marks issues of this kind. Left out: the name of the kind.")),
  prefix: v.optional(text("What titles of this kind begin with, as in [INCIDENT].")),
  type: v.optional(text("The issue type on GitHub that new issues of this kind get, as in Bug, where the organization has types.")),
  respondWithin: v.optional(duration("The response goal, counted in business hours: acknowledged within this time.")),
  triageWithin: v.optional(duration("How soon somebody looks whether it is done at once or needs an issue.")),
  runbook: v.optional(text("The runbook offered first, from the folder of this file.")),
});

const priority = v.strictObject({
  label: v.optional(text("The label of this priority. Left out: “priority: ” and the name.")),
  respondWithin: v.optional(duration("The response goal for this priority. The strictest goal of kind, priority and runbook counts.")),
  updateEvery: v.optional(duration("How often affected people hear from the desk.")),
  criteria: v.optional(texts("When an incident has this priority. One is enough.")),
});

const firstDay = v.pipe(v.string(), v.regex(/^\d{4}-\d{2}-\d{2}$/, "badDate"), v.description("The first day, as in 2026-06-15: the person takes turns that begin on it or later, and no turn before it changes."));

const lastDay = v.pipe(v.string(), v.regex(/^\d{4}-\d{2}-\d{2}$/, "badDate"), v.description("The last day, as in 2026-06-14: the person takes no turn that begins after it, and no turn up to it changes."));

const person = v.strictObject({
  login: login,
  name: v.optional(text("The person's name.")),
  email: v.optional(text("Where mail reaches them.")),
  phone: v.optional(text("Where a call reaches them.")),
  experienced: v.optional(v.pipe(v.boolean(), v.description("Can back up somebody newer."))),
  roles: v.optional(v.pipe(v.array(role), v.description("Roles outside the rotation, as in on-site."))),
  away: v.optional(
    v.pipe(
      v.array(v.pipe(v.string(), v.regex(/^\d{4}-\d{2}-\d{2}(\/\d{4}-\d{2}-\d{2})?$/, "badDate"))),
      v.description("Days away, as in 2026-12-21/2027-01-02. Both days are included."),
    ),
  ),
  from: v.optional(firstDay),
  until: v.optional(lastDay),
});

const timeOfDay = /^([01]\d|2[0-3]):[0-5]\d$/;

const rotation = v.strictObject({
  starts: v.pipe(date, v.description("The first day of the first turn.")),
  every: v.optional(
    v.pipe(
      v.string(),
      v.regex(/^[1-9][0-9]{0,2}[dw]$/, "badDuration"),
      v.description("The length of a turn, in days or weeks. Left out: 1w."),
      v.examples(["1w", "2w", "1d"]),
    ),
  ),
  changesAt: v.optional(
    v.pipe(
      v.string(),
      v.regex(timeOfDay, "badTime"),
      v.description("The time in the desk's time zone at which turns change, and days of overrides begin. Left out: midnight."),
      v.examples(["09:00"]),
    ),
  ),
  from: v.optional(
    v.pipe(v.string(), v.regex(timeOfDay, "badTime"), v.description("For a part of the day: when it begins. Turns and days of overrides then begin at this time."), v.examples(["08:00", "13:00"])),
  ),
  to: v.optional(
    v.pipe(
      v.string(),
      v.regex(/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/, "badTime"),
      v.description("For a part of the day: when it ends; the next day if that is not after from. Left out: midnight."),
      v.examples(["13:00", "18:00"]),
    ),
  ),
  days: v.optional(
    v.pipe(v.string(), v.regex(weekdaysPattern, "badHours"), v.description("Weekdays on which somebody is on duty, as in Mon-Fri. Left out: all."), v.examples(["Mon-Fri", "Sat-Sun"])),
  ),
  roles: v.optional(
    v.pipe(
      v.array(role),
      v.minLength(1, "missingKey"),
      v.description("The roles of a turn, each held by one person. Left out: primary and backup, or the name of the rotation."),
      v.examples([["primary", "backup"]]),
    ),
  ),
  people: v.optional(
    v.pipe(
      v.array(v.union([login, v.strictObject({ login, from: v.optional(firstDay), until: v.optional(lastDay) })])),
      v.minLength(1, "missingKey"),
      v.description("Who takes turns, in this order; as { login: ana, from: 2026-06-15 } with a first or a last day in this rotation. Left out: all people, as listed."),
    ),
  ),
  planned: v.optional(
    v.pipe(
      v.record(date, v.nullable(v.record(role, login))),
      v.description("Who takes which turn instead of the next in order: the first day of the turn, and its people, as in 2026-11-23: { primary: ana, backup: ben }."),
    ),
  ),
  overrides: v.optional(
    v.pipe(
      v.array(
        v.objectWithRest(
          {
            from: v.pipe(when, v.description("The first day, or a local time as in 2026-11-24T12:00.")),
            to: v.pipe(when, v.description("The last day, included; or the local time at which it ends.")),
          },
          login,
        ),
      ),
      v.description("Who holds a role instead, and when, as in { from: 2026-11-24, to: 2026-11-26, primary: ben }. The last one wins."),
    ),
  ),
});

const escalation = v.pipe(
  v.array(
    v.strictObject({
      after: duration("How long after the report nobody has acknowledged it."),
      to: v.pipe(v.array(v.string()), v.minLength(1, "missingKey"), v.description("Roles or logins to ask.")),
    }),
  ),
  v.description("Who is asked next, and when. Only ever proposed to the person on duty, never sent unasked."),
);

const audience = v.strictObject({
  slack: v.optional(text("A channel.")),
  email: v.optional(v.pipe(v.array(v.pipe(v.string(), v.minLength(1, "missingKey"))), v.description("Mail addresses."))),
});

/** The shape of `desk.yml`. What needs more than the shape (does the time zone exist, who is unknown) is in `buildDesk`. */
export const deskSchema = v.pipe(
  v.strictObject({
    team: v.optional(text("The team's name.")),
    timezone: v.optional(text("The time zone of hours, holidays and turns, as in America/Los_Angeles. Left out: UTC.")),
    hours: v.optional(hours),
    holidays: v.optional(v.pipe(v.array(holiday), v.description("Days on which the desk is closed: dates, { calendar: file.ics }, or { country: US, region: CA }."))),
    exceptions: v.optional(exceptions),
    kinds: v.optional(
      v.pipe(
        v.record(v.pipe(name, v.examples(["incident", "request", "record", "opportunity", "issue"])), v.nullable(kind)),
        v.description("The kinds of issue the desk works with, and where each is kept. Left out: incident, request and issue."),
      ),
    ),
    priorities: v.optional(
      v.pipe(v.record(v.pipe(name, v.examples(["high", "normal", "low"])), v.nullable(priority)), v.description("Priorities, the most urgent first. Left out: high and normal.")),
    ),
    stages: v.optional(
      v.pipe(
        v.array(v.pipe(v.string(), v.minLength(1, "missingKey"))),
        v.minLength(2, "tooFewStages"),
        v.description("Stages of work: new issues are in the first, closed ones in the last. Left out: To do, In progress, Done."),
        v.examples([["To do", "In progress", "Done"]]),
      ),
    ),
    services: v.optional(texts("Services that an incident can affect.")),
    environments: v.optional(texts("Environments that an incident can affect, as in Production.")),
    people: v.optional(v.pipe(v.array(person), v.description("Who is on the team."))),
    rotation: v.optional(v.pipe(rotation, v.description("Whose turn it is."))),
    rotations: v.optional(
      v.pipe(
        v.record(v.pipe(role, v.examples(["morning", "afternoon", "second-line"])), rotation),
        v.description("More rotations by name, for other teams, layers or parts of the day. Each has its own roles, people and turns; no two have a role in common."),
      ),
    ),
    escalation: v.optional(escalation),
    audiences: v.optional(v.pipe(v.record(v.pipe(name, v.examples(["users", "team", "leadership"])), v.nullable(audience)), v.description("Whom updates are for, and how they are reached."))),
    postmortem: v.optional(
      v.pipe(
        v.strictObject({
          folder: v.optional(text("Where post-mortems are written, from the workspace folder. Left out: postmortems.")),
          for: v.optional(texts("Priorities that call for a post-mortem.")),
          within: v.optional(duration("How soon after closing it is reviewed.")),
        }),
        v.description("When a post-mortem is due, and where it is kept."),
      ),
    ),
    folders: v.optional(texts("Folders with runbooks, from the workspace folder. Left out: the folder of this file.")),
  }),
  v.title("desk.yml"),
  v.description("A team's desk: kinds of issue, hours, people, rotation and rules, in one file beside its runbooks."),
);

/** What a `desk.yml` of the right shape holds. */
export type DeskFile = v.InferOutput<typeof deskSchema>;

export type KindFile = v.InferOutput<typeof kind>;

export type RotationFile = v.InferOutput<typeof rotation>;
