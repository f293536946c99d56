import assert from "node:assert/strict";
import { answersOf, readExample } from "../../../support/metricsExample";

/** Histories and what they give, calculated by hand. Lengths are business / wall clock. */
const tables: Readonly<Record<string, string>> = {
  "a lunch break and a night do not count": `
    2026-11-16 11:30 reported
    2026-11-16 13:15 acknowledged
    2026-11-17 10:00 closed
    = time to acknowledge: 45m / 1h 45m
    = time to resolve: 5h 30m / 22h 30m
    = goal: 2h 00m, met`,
  "a weekend and a holiday do not count": `
    desk.yml: holidays: [2026-11-16]
    2026-11-13 16:00 reported
    2026-11-17 09:30 acknowledged
    = time to acknowledge: 1h 30m / 89h 30m`,
  "a shorter day counts as it is": `
    desk.yml: exceptions: { 2026-11-16: ["09:00-10:00"] }
    2026-11-16 09:00 reported
    2026-11-17 09:30 acknowledged
    = time to acknowledge: 1h 30m / 24h 30m`,
  "the night in which the clocks go forward is an hour shorter": `
    desk.yml: timezone: Europe/Berlin
    desk.yml: hours: { Sat: ["20:00-24:00"], Sun: ["00:00-08:00"] }
    2026-03-28 23:00 reported
    2026-03-29 04:00 acknowledged
    = time to acknowledge: 4h 00m / 4h 00m`,
  "the night in which the clocks go back is an hour longer": `
    desk.yml: timezone: Europe/Berlin
    desk.yml: hours: { Sat: ["20:00-24:00"], Sun: ["00:00-08:00"] }
    2026-10-24 23:00 reported
    2026-10-25 04:00 acknowledged
    = time to acknowledge: 6h 00m / 6h 00m`,
  "business hours keep their local times when the clocks change over a weekend": `
    desk.yml: timezone: America/New_York
    2026-03-06 16:00 reported
    2026-03-09 10:00 acknowledged
    = time to acknowledge: 2h 00m / 65h 00m`,
  "a ticket under two schedules is the sum of its parts": `
    desk.yml: hours: { Mon-Fri: ["09:00-17:00"] }
    2026-11-16 15:00 reported
    2026-11-17 00:00 desk.yml: hours: { Mon-Fri: ["06:00-22:00"] }
    2026-11-17 10:00 acknowledged
    = time to acknowledge: 6h 00m / 19h 00m`,
  "a schedule that changes within a day counts up to that minute": `
    desk.yml: hours: { Mon-Fri: ["09:00-17:00"] }
    2026-11-16 09:00 reported
    2026-11-16 11:00 desk.yml: hours: { Mon-Fri: ["13:00-15:00"] }
    2026-11-16 14:00 acknowledged
    = time to acknowledge: 3h 00m / 5h 00m`,
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
  "the last correction of a time counts": `
    2026-11-16 09:00 reported
    2026-11-16 11:00 mitigated
    2026-11-16 11:30 mitigated at 2026-11-16 10:15
    2026-11-16 12:00 resolved
    = time to mitigate: 1h 15m / 1h 15m
    = time to resolve: 3h 00m / 3h 00m`,
  "the time in which an issue was closed does not count, and the first acknowledgement does": `
    2026-11-16 09:00 reported
    2026-11-16 09:15 acknowledged
    2026-11-16 10:00 closed
    2026-12-01 09:00 reopened
    2026-12-01 09:30 acknowledged
    2026-12-01 11:00 closed
    = time to acknowledge: 15m / 15m
    = time to resolve: 3h 00m / 3h 00m
    = reopened: 1`,
  "a reopened issue is open, and has no time to resolve": `
    2026-11-16 09:00 reported
    2026-11-16 10:00 closed
    2026-11-16 11:00 reopened
    2026-11-17 09:00 now
    = open: true
    = time to resolve: not known
    = reopened: 1`,
  "an issue that was acknowledged only after it was reopened has no time to acknowledge": `
    2026-11-16 09:00 reported
    2026-11-16 10:00 closed
    2026-11-16 11:00 reopened
    2026-11-16 11:30 acknowledged
    = time to acknowledge: not known
    = remarks: acknowledgedLater`,
  "stages add up, and a closed issue is in the last one": `
    2026-11-16 09:00 reported
    2026-11-16 10:00 + stage: In progress
    2026-11-16 14:00 - stage: In progress
    2026-11-16 14:00 closed
    2026-11-17 09:00 reopened
    2026-11-17 10:30 closed
    = stage To do: 2h 30m / 2h 30m
    = stage In progress: 3h 00m / 4h 00m
    = stage Done: 3h 00m / 19h 00m
    = time to resolve: 5h 30m / 6h 30m`,
  "a stage label that is replaced in any order is one move": `
    2026-11-16 09:00:00 reported
    2026-11-16 10:00:00 + stage: In progress
    2026-11-16 11:00:00 - stage: In progress
    2026-11-16 11:00:50 + stage: Done
    2026-11-16 12:00:00 closed
    = stage To do: 1h 00m / 1h 00m
    = stage In progress: 1h 01m / 1h 01m
    = stage Done: 59m / 59m`,
  "a label that was added twice counts from the first time": `
    2026-11-16 09:00 reported
    2026-11-16 10:00 + stage: In progress
    2026-11-16 11:00 + stage: In progress
    2026-11-16 12:00 closed
    = stage To do: 1h 00m / 1h 00m
    = stage In progress: 2h 00m / 2h 00m`,
  "a label that was removed without having been added was there from the beginning": `
    2026-11-16 09:00 reported
    2026-11-16 10:00 - priority: high
    2026-11-16 11:00 acknowledged
    = goal: 2h 00m, met
    = priority: high
    = remarks: none`,
  "the stage that was added last counts": `
    2026-11-16 09:00 reported
    2026-11-16 10:00 + stage: In progress
    2026-11-16 10:30 + stage: To do
    2026-11-16 11:00 - stage: To do
    2026-11-16 12:00 closed
    = stage To do: 1h 30m / 1h 30m
    = stage In progress: 1h 30m / 1h 30m`,
  "a stage that was renamed keeps its name of then": `
    desk.yml: stages: [To do, Doing, Done]
    2026-11-16 09:00 reported
    2026-11-16 10:00 + stage: Doing
    2026-11-16 11:00 desk.yml: stages: [To do, In progress, Done]
    2026-11-16 11:00 + stage: In progress
    2026-11-16 11:00 - stage: Doing
    2026-11-16 12:00 closed
    = stage Doing: 1h 00m / 1h 00m
    = stage In progress: 1h 00m / 1h 00m
    = remarks: none`,
  "a stage that no desk.yml knows is listed under its own name": `
    2026-11-16 09:00 reported with incident, stage: Parked
    2026-11-16 10:00 closed
    = stage Parked: 1h 00m / 1h 00m
    = remarks: unknownStage`,
  "a project board's moves count without stage labels": `
    2026-11-16 09:00 reported
    2026-11-16 09:30 board In progress
    2026-11-16 11:00 board
    2026-11-16 11:30 board Done
    2026-11-16 12:00 closed
    = stage To do: 1h 00m / 1h 00m
    = stage In progress: 1h 30m / 1h 30m
    = stage Done: 30m / 30m
    = remarks: none`,
  "a project board counts until the first stage label, and labels from then on": `
    2026-11-16 09:00 reported
    2026-11-16 09:30 board In progress
    2026-11-16 10:00 + stage: Waiting
    2026-11-16 10:30 board Done
    2026-11-16 11:00 - stage: Waiting
    2026-11-16 12:00 closed
    = stage To do: 1h 30m / 1h 30m
    = stage In progress: 30m / 30m
    = stage Waiting: 1h 00m / 1h 00m
    = remarks: unknownStage`,
  "labels that were there from the beginning count instead of a project board": `
    2026-11-16 09:00 reported with incident, stage: In progress
    2026-11-16 09:30 board Done
    2026-11-16 12:00 closed
    = stage In progress: 3h 00m / 3h 00m
    = stage Done: not known`,
  "what the first known move on a board came from counts from the beginning": `
    2026-11-16 09:00 reported
    2026-11-16 10:00 board Done from In progress
    2026-11-16 12:00 closed
    = stage In progress: 1h 00m / 1h 00m
    = stage Done: 2h 00m / 2h 00m
    = remarks: none`,
  "moves on a board in the same second follow each other": `
    2026-11-16 09:00 reported
    2026-11-16 10:00 board In progress from To do
    2026-11-16 10:00 board To do from Done
    2026-11-16 10:00 board Done
    2026-11-16 12:00 closed
    = stage To do: 1h 00m / 1h 00m
    = stage In progress: 2h 00m / 2h 00m
    = remarks: none`,
  "a move on a board that is reported twice counts once": `
    2026-11-16 09:00 reported
    2026-11-16 10:00 board In progress from To do
    2026-11-16 10:00 board In progress from To do
    2026-11-16 11:00 board Done from In progress
    2026-11-16 12:00 closed
    = stage To do: 1h 00m / 1h 00m
    = stage In progress: 1h 00m / 1h 00m
    = stage Done: 1h 00m / 1h 00m
    = remarks: none`,
  "a move that is missing on a board is a remark": `
    2026-11-16 09:00 reported
    2026-11-16 10:00 board In progress from To do
    2026-11-16 11:00 board In progress from Done
    2026-11-16 12:00 closed
    = stage To do: 1h 00m / 1h 00m
    = stage In progress: 2h 00m / 2h 00m
    = remarks: missingEvents`,
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
  "a kind, a severity and a service that were set only after the closing count": `
    2026-11-16 09:00 reported with other
    2026-11-16 10:00 acknowledged
    2026-11-16 11:00 closed
    2026-11-17 09:00 + incident
    2026-11-17 09:00 + SEV2
    2026-11-17 09:00 + service: Portal
    = kind: incident
    = severity: SEV2
    = services: Portal
    = goal: 2h 00m, met
    = available Portal on 2026-11-16: 36m, 97.500%`,
  "a severity that only a later desk.yml knows has the weight that it has there": `
    desk.yml: severities: [Critical, Minor]
    2026-11-16 10:00 reported with incident, service: Portal, SEV1
    2026-11-16 12:00 mitigated
    2026-11-17 00:00 desk.yml: severities: [SEV1, SEV2]
    = severity: SEV1
    = available Portal on 2026-11-16: 2h 00m, 91.667%`,
  "a stage label that was renamed on the server is one label, with the name of the desk in force": `
    desk.yml: stages: [To do, In progress, Done]
    2026-11-16 09:00 reported
    2026-11-16 10:00 + stage: In progress
    2026-11-16 11:00 desk.yml: stages: [To do, Doing, Done]
    2026-11-16 11:00 renamed stage: In progress to stage: Doing
    2026-11-16 12:00 closed
    = stage To do: 1h 00m / 1h 00m
    = stage In progress: 1h 00m / 1h 00m
    = stage Doing: 1h 00m / 1h 00m
    = remarks: renamedLabel`,
  "a label that was renamed on the server and removed later is one label": `
    2026-11-16 09:00 reported
    2026-11-16 10:00 + stage: Ongoing
    2026-11-16 11:00 renamed stage: Ongoing to stage: In progress
    2026-11-16 12:00 - stage: In progress
    2026-11-16 14:00 closed
    = stage To do: 2h 00m / 3h 00m
    = stage In progress: 2h 00m / 2h 00m
    = stage Ongoing: not known
    = remarks: renamedLabel`,
  "a service that was renamed on the server has the time under its new name": `
    desk.yml: services: [Shop, Ledger]
    2026-11-16 09:00 reported with incident
    2026-11-16 10:00 + service: Shop
    2026-11-16 11:00 desk.yml: services: [Portal, Ledger]
    2026-11-16 11:00 renamed service: Shop to service: Portal
    2026-11-16 12:00 resolved
    = services: Portal
    = available Portal on 2026-11-16: 3h 00m, 87.500%
    = remarks: renamedLabel`,
  "a stage that somebody changed without an event is not a renamed one": `
    2026-11-16 09:00 reported
    2026-11-16 10:00 + stage: In progress
    2026-11-16 11:00 renamed stage: In progress to stage: Done
    2026-11-16 12:00 closed
    = stage Done: 1h 00m / 1h 00m
    = stage In progress: 2h 00m / 2h 00m
    = remarks: missingEvents`,
  "a label that is added in the future was not there from the beginning": `
    2026-11-16 09:00 reported
    2026-11-16 12:00 + stage: In progress
    2026-11-16 11:00 now
    = stage To do: 2h 00m / 2h 00m
    = stage In progress: not known
    = remarks: future`,
  "an issue that was closed at an unknown time has what was recorded": `
    A 2026-11-16 09:00 reported with incident, service: Portal
    A 2026-11-16 11:00 mitigated
    A 2026-11-16 12:00 resolved
    A 2026-11-16 13:00 marked closed
    B 2026-11-16 09:00 reported with incident, service: Ledger
    B 2026-11-16 13:00 marked closed
    = A time to resolve: 3h 00m / 3h 00m
    = A stage To do: not known
    = A open: false
    = A remarks: noClosingTime
    = B time to resolve: not known
    = available Portal on 2026-11-16: 2h 00m, 91.667%
    = available Ledger on 2026-11-16: 0s, 100.000%`,
  "an issue is late only after its goal, not at it": `
    A 2026-11-16 09:59 reported
    B 2026-11-16 10:00 reported
    2026-11-16 12:00 now
    = A goal: 2h 00m, missed
    = B goal: 2h 00m, not known`,
  "a stage label that is replaced after more than a minute leaves the first stage in between": `
    2026-11-16 09:00:00 reported with incident, stage: In progress
    2026-11-16 11:00:00 - stage: In progress
    2026-11-16 11:01:01 + stage: Done
    2026-11-16 12:00:00 closed
    = stage In progress: 2h 00m / 2h 00m
    = stage To do: 1m / 1m
    = stage Done: 59m / 59m`,
  "the severity at the end counts, not one that was set later": `
    2026-11-16 09:00 reported with incident, SEV2
    2026-11-16 12:00 closed
    2026-11-17 09:00 - SEV2
    2026-11-17 09:00 + SEV1
    = severity: SEV2`,
  "an acknowledgement after the closing is none": `
    2026-11-16 09:00 reported
    2026-11-16 10:00 closed
    2026-11-16 11:00 acknowledged
    = time to acknowledge: not known
    = goal: 2h 00m, not known
    = remarks: acknowledgedLater`,
  "a mitigation after the resolution is the resolution": `
    2026-11-16 09:00 reported with incident, service: Portal
    2026-11-16 10:00 resolved
    2026-11-16 11:00 mitigated
    2026-11-16 12:00 closed
    = time to mitigate: 1h 00m / 1h 00m
    = time to resolve: 1h 00m / 1h 00m
    = available Portal on 2026-11-16: 1h 00m, 95.833%
    = remarks: mitigatedAfterResolution`,
  "an impact that started after the report counts from then, unless it was over by then": `
    A 2026-11-16 09:00 reported with incident, service: Portal
    A 2026-11-16 11:00 started at 2026-11-16 10:00
    A 2026-11-16 12:00 resolved
    B 2026-11-16 13:00 reported with incident, service: Ledger
    B 2026-11-16 14:00 resolved
    B 2026-11-16 15:00 started
    = available Portal on 2026-11-16: 2h 00m, 91.667%
    = available Ledger on 2026-11-16: 1h 00m, 95.833%`,
  "of several severities and impacts, the worst counts": `
    A 2026-11-16 10:00 reported with incident, service: Portal, impact: none, impact: major
    A 2026-11-16 11:00 resolved
    B 2026-11-16 12:00 reported with incident, service: Ledger, SEV3, SEV1
    B 2026-11-16 13:00 resolved
    = available Portal on 2026-11-16: 1h 00m, 95.833%
    = available Ledger on 2026-11-16: 1h 00m, 95.833%
    = B severity: SEV1`,
  "a label that could be one of several renamed ones is not joined": `
    desk.yml: stages: [To do, Doing, Done]
    2026-11-16 09:00 reported with incident, stage: A, stage: B
    2026-11-16 10:00 + stage: Ongoing
    2026-11-16 11:00 renamed stage: Ongoing to stage: B
    2026-11-16 12:00 closed
    = stage B: 1h 00m / 1h 00m
    = stage Ongoing: 2h 00m / 2h 00m
    = remarks: missingEvents, unknownStage`,
  "hours that begin in the hour that the clock skips begin when it skips it": `
    desk.yml: timezone: Europe/Berlin
    desk.yml: hours: { Sun: ["02:30-05:00"] }
    A 2026-03-29 00:00 reported
    A 2026-03-29 12:00 acknowledged
    B 2026-10-25 00:00 reported
    B 2026-10-25 12:00 acknowledged
    = A time to acknowledge: 2h 00m / 11h 00m
    = B time to acknowledge: 3h 30m / 13h 00m`,
  "hours that end in an hour that happens twice end the first time": `
    desk.yml: timezone: Europe/Berlin
    desk.yml: hours: { Sun: ["00:00-02:30"] }
    2026-10-25 00:00 reported
    2026-10-25 12:00 acknowledged
    = time to acknowledge: 2h 30m / 13h 00m`,
  "a clock change of half an hour is half an hour": `
    desk.yml: timezone: Australia/Lord_Howe
    desk.yml: hours: { Mon-Sun: ["00:00-24:00"] }
    A 2026-04-04 12:00 reported
    A 2026-04-05 12:00 acknowledged
    B 2026-10-03 12:00 reported
    B 2026-10-04 12:00 acknowledged
    C 2026-10-04 00:00 reported
    C 2026-10-05 00:00 acknowledged
    = A time to acknowledge: 24h 30m / 24h 30m
    = B time to acknowledge: 23h 30m / 23h 30m
    = C time to acknowledge: 23h 30m / 23h 30m`,
  "hours until midnight end at the end of a day of 25 hours": `
    desk.yml: timezone: Europe/Berlin
    desk.yml: hours: { Sun: ["00:00-24:00"] }
    2026-10-24 12:00 reported
    2026-10-26 12:00 acknowledged
    = time to acknowledge: 25h 00m / 49h 00m`,
  "a period that is not over ends now": `
    2026-11-16 10:00 reported with incident, service: Portal
    2026-11-16 12:00 now
    = available Portal on 2026-11-16: 2h 00m, 83.333%
    = available Portal on 2026-11-16 to 2026-11-30: 2h 00m, 83.333%`,
  "a period whose days have 23 and 25 hours is as long as they are": `
    desk.yml: timezone: Europe/Berlin
    A 2026-03-29 00:00 reported with incident, service: Portal
    A 2026-03-29 12:00 resolved
    B 2026-10-25 00:00 reported with incident, service: Portal
    B 2026-10-25 12:00 resolved
    = available Portal on 2026-03-29: 11h 00m, 52.174%
    = available Portal on 2026-10-25: 13h 00m, 48.000%`,
  "an impact from before the period to after it takes all of it": `
    A 2026-10-30 12:00 reported with incident, service: Portal
    A 2026-12-02 12:00 resolved
    = available Portal on 2026-11-01 to 2026-11-30: 720h 00m, 0.000%
    = available Portal on 2026-10-30 to 2026-10-31: 36h 00m, 25.000%`,
  "two overlapping outages of two hours are three hours": `
    A 2026-11-16 10:00 reported with incident, service: Portal, SEV1
    A 2026-11-16 12:00 resolved
    B 2026-11-16 11:00 reported with incident, service: Portal, SEV1
    B 2026-11-16 13:00 resolved
    = available Portal on 2026-11-16: 3h 00m, 87.500%
    = available Ledger on 2026-11-16: 0s, 100.000%`,
  "a partial impact counts three tenths, and an outage at the same time counts whole": `
    A 2026-11-16 10:00 reported with incident, service: Portal, SEV2
    A 2026-11-16 14:00 mitigated
    B 2026-11-16 11:00 reported with incident, service: Portal, SEV1
    B 2026-11-16 12:00 mitigated
    = available Portal on 2026-11-16: 1h 54m, 92.083%`,
  "the weights of desk.yml count": `
    desk.yml: impact: { SEV1: partial, SEV2: 0.5, SEV3: none }
    A 2026-11-16 00:00 reported with incident, service: Portal, SEV1
    A 2026-11-16 10:00 mitigated
    B 2026-11-16 12:00 reported with incident, service: Portal, SEV2
    B 2026-11-16 14:00 mitigated
    C 2026-11-16 14:00 reported with incident, service: Portal, SEV3
    C 2026-11-16 20:00 mitigated
    = available Portal on 2026-11-16: 4h 00m, 83.333%`,
  "an impact is clipped to the period, and lasts from its start to its end": `
    2026-11-16 02:00 reported with incident, service: Portal
    2026-11-16 03:00 started at 2026-11-15 22:00
    2026-11-17 06:00 resolved
    = available Portal on 2026-11-15: 2h 00m, 91.667%
    = available Portal on 2026-11-16: 24h 00m, 0.000%
    = available Portal on 2026-11-15 to 2026-11-18: 32h 00m, 66.667%`,
  "an impact changes with the severity, from the first one on": `
    2026-11-16 10:00 reported with incident, service: Portal
    2026-11-16 10:30 + SEV2
    2026-11-16 12:00 - SEV2
    2026-11-16 12:00 + SEV1
    2026-11-16 13:00 resolved
    = available Portal on 2026-11-16: 1h 36m, 93.333%`,
  "a reopened incident has impact in each round": `
    2026-11-16 10:00 reported with incident, service: Portal
    2026-11-16 11:00 closed
    2026-11-16 20:00 reopened
    2026-11-16 21:00 closed
    = available Portal on 2026-11-16: 2h 00m, 91.667%`,
  "tests are left out": `
    2026-11-16 10:00 reported with incident, test, service: Portal
    2026-11-16 12:00 resolved
    = left out: test
    = available Portal on 2026-11-16: 0s, 100.000%`,
  "a cancelled incident is left out, and counts if it was reopened": `
    A 2026-11-16 10:00 reported
    A 2026-11-16 11:00 cancelled
    A 2026-11-16 11:00 closed
    B 2026-11-16 10:00 reported
    B 2026-11-16 11:00 cancelled
    B 2026-11-16 11:00 closed
    B 2026-11-16 14:00 reopened
    B 2026-11-16 15:00 closed
    = A left out: cancelled
    = B left out: no
    = B time to resolve: 2h 00m / 2h 00m`,
  "an update is in time within the minute in which it is due": `
    desk.yml: audiences: { users: { updateEvery: { high: 1h, normal: 2h }, email: [a@example.org] } }
    2026-11-16 09:00 reported with incident, priority: high
    2026-11-16 09:00 acknowledged
    2026-11-16 10:00 update users
    2026-11-16 11:30 update users
    2026-11-16 12:00 update users
    2026-11-16 14:30 resolved
    = updates: users 2 of 4`,
  "what is in the future is ignored": `
    2026-11-16 09:00 reported
    2026-11-16 10:00 acknowledged
    2026-11-17 10:00 closed
    2026-11-16 12:00 now
    = open: true
    = remarks: future`,
};

describe("Metrics calculated by hand", () => {
  for (const [name, text] of Object.entries(tables)) {
    it(name, () => {
      const example = readExample(text);
      assert.ok(example.expected.length > 0);
      assert.deepEqual(answersOf(example), example.expected);
    });
  }
});
