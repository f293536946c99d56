import { testTables } from "./testTables";

testTables("acknowledgement and goals", {
  "the goal of then counts, not a later one": `
    desk.yml: kinds: { incident: { respondWithin: 4h } }
    2026-11-16 09:00 reported
    2026-11-16 12:00 acknowledged
    2026-11-20 00:00 desk.yml: kinds: { incident: { respondWithin: 1h } }
    = goal: 4h 00m, met`,
  "a priority that was raised after the acknowledgement does not change the goal": `
    2026-11-16 09:00 reported with incident, priority: normal
    2026-11-16 10:00 acknowledged
    2026-11-16 11:00 - priority: normal
    2026-11-16 11:00 + priority: high
    = priority: normal
    = goal: 2h 00m, met`,
  "a priority that was raised before the acknowledgement does": `
    2026-11-16 09:00 reported with incident, priority: normal
    2026-11-16 09:30 + priority: high
    2026-11-16 09:31 - priority: normal
    2026-11-16 10:00 acknowledged
    = priority: high
    = goal: 30m, missed`,
  "without a priority, the first one that was set later groups it": `
    2026-11-16 09:00 reported
    2026-11-16 10:00 acknowledged
    2026-11-16 11:00 + priority: high
    = priority: high
    = goal: 2h 00m, met`,
  "exactly the goal is in time": `
    2026-11-16 10:00 reported
    2026-11-16 12:00 acknowledged
    = goal: 2h 00m, met`,
  "a goal of a day is a business day": `
    2026-11-16 10:00 reported with request
    2026-11-17 10:00 acknowledged
    = goal: 7h 00m, met`,
  "an issue that waits is late only after its goal": `
    A 2026-11-16 09:00 reported
    B 2026-11-16 10:00 reported
    2026-11-16 11:30 now
    = A goal: 2h 00m, missed
    = B goal: 2h 00m, not known
    = B open: true`,
  "an issue that was closed without an acknowledgement in time is not judged": `
    A 2026-11-16 09:00 reported
    A 2026-11-16 10:00 closed
    B 2026-11-16 09:00 reported
    B 2026-11-16 12:00 closed
    = A goal: 2h 00m, not known
    = B goal: 2h 00m, missed
    = A time to acknowledge: not known
    = A time to resolve: 1h 00m / 1h 00m`,
  "an acknowledgement that was withdrawn does not count": `
    2026-11-16 09:00 reported
    2026-11-16 09:10 acknowledged
    2026-11-16 09:20 unacknowledged
    2026-11-16 09:50 acknowledged
    = time to acknowledge: 50m / 50m`,
  "an acknowledgement before the report counts as 0, with a remark": `
    2026-11-16 09:00 reported
    2026-11-16 09:10 acknowledged at 2026-11-16 08:55
    = time to acknowledge: 0s / 0s
    = remarks: acknowledgedBeforeReport`,
  "a report before the issue was filed counts from then": `
    2026-11-16 09:00 reported
    2026-11-16 09:40 filed
    2026-11-16 10:00 acknowledged
    = time to acknowledge: 1h 00m / 1h 00m`,
  "an issue that was acknowledged only after it was reopened has no time to acknowledge": `
    2026-11-16 09:00 reported
    2026-11-16 10:00 closed
    2026-11-16 11:00 reopened
    2026-11-16 11:30 acknowledged
    = time to acknowledge: not known
    = remarks: acknowledgedLater`,
  "a label that was removed without having been added was there from the beginning": `
    2026-11-16 09:00 reported
    2026-11-16 10:00 - priority: high
    2026-11-16 11:00 acknowledged
    = goal: 2h 00m, met
    = priority: high
    = remarks: none`,
  "a kind whose label was renamed in desk.yml is that of the desk in force then": `
    desk.yml: kinds: { incident: { label: outage, respondWithin: 1h }, request: { label: question } }
    A 2026-11-16 09:00 reported with outage, service: Portal
    A 2026-11-16 10:00 acknowledged
    A 2026-11-16 11:00 closed
    2026-11-20 00:00 desk.yml: kinds: { incident: { label: broken, respondWithin: 2h }, request: { label: question } }
    B 2026-11-20 09:00 reported with broken
    B 2026-11-20 10:30 acknowledged
    = A kind: incident
    = A goal: 1h 00m, met
    = B kind: incident
    = B goal: 2h 00m, met
    = available Portal on 2026-11-16: 2h 00m, 91.667%`,
  "a kind that was renamed in desk.yml keeps its name of then": `
    desk.yml: kinds: { request: { label: question, respondWithin: 1h } }
    2026-11-16 09:00 reported with question
    2026-11-16 10:00 acknowledged
    2026-11-16 11:00 closed
    2026-11-20 00:00 desk.yml: kinds: { inquiry: { label: question, respondWithin: 30m } }
    = kind: request
    = goal: 1h 00m, met`,
  "a kind, priority and severity that were renamed while the issue was open have the goal of then": `
    desk.yml: kinds: { incident: { label: bug, respondWithin: 4h } }
    desk.yml: priorities: { urgent: { label: P1, respondWithin: 1h }, normal: }
    desk.yml: severities: [Critical, Minor]
    2026-11-16 09:00 reported with bug, P1, Minor
    2026-11-16 10:00 acknowledged
    2026-11-16 11:00 desk.yml: kinds: { outage: { label: bug, respondWithin: 15m } }
    2026-11-16 11:00 desk.yml: priorities: { high: { label: P1, respondWithin: 5m }, normal: }
    2026-11-16 11:00 desk.yml: severities: [SEV1, SEV2]
    2026-11-16 12:00 closed
    = kind: outage
    = priority: urgent
    = goal: 1h 00m, met
    = severity: Minor`,
  "the kind at the acknowledgement decides the goal, and the one at the end is that of the issue": `
    2026-11-16 09:00 reported with request
    2026-11-16 14:00 acknowledged
    2026-11-16 15:00 - request
    2026-11-16 15:00 + incident
    2026-11-16 16:00 closed
    2026-11-17 09:00 - incident
    2026-11-17 09:00 + request
    = kind: incident
    = goal: 7h 00m, met`,
  "an issue is late only after its goal, not at it": `
    A 2026-11-16 09:59 reported
    B 2026-11-16 10:00 reported
    2026-11-16 12:00 now
    = A goal: 2h 00m, missed
    = B goal: 2h 00m, not known`,
  "an acknowledgement after the closing is none": `
    2026-11-16 09:00 reported
    2026-11-16 10:00 closed
    2026-11-16 11:00 acknowledged
    = time to acknowledge: not known
    = goal: 2h 00m, not known
    = remarks: acknowledgedLater`,
  "an update is in time within the minute in which it is due": `
    desk.yml: audiences: { users: { updateEvery: { high: 1h, normal: 2h }, email: [a@example.org] } }
    2026-11-16 09:00 reported with incident, priority: high
    2026-11-16 09:00 acknowledged
    2026-11-16 10:00 update users
    2026-11-16 11:30 update users
    2026-11-16 12:00 update users
    2026-11-16 14:30 resolved
    = updates: users 2 of 4`,
});
