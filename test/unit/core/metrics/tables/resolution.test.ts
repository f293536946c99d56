import { testTables } from "./testTables";

testTables("resolution, reopened and left out issues", {
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
  "the severity at the end counts, not one that was set later": `
    2026-11-16 09:00 reported with incident, SEV2
    2026-11-16 12:00 closed
    2026-11-17 09:00 - SEV2
    2026-11-17 09:00 + SEV1
    = severity: SEV2`,
  "a mitigation after the resolution is the resolution": `
    2026-11-16 09:00 reported with incident, service: Portal
    2026-11-16 10:00 resolved
    2026-11-16 11:00 mitigated
    2026-11-16 12:00 closed
    = time to mitigate: 1h 00m / 1h 00m
    = time to resolve: 1h 00m / 1h 00m
    = available Portal on 2026-11-16: 1h 00m, 95.833%
    = remarks: mitigatedAfterResolution`,
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
  "what is in the future is ignored": `
    2026-11-16 09:00 reported
    2026-11-16 10:00 acknowledged
    2026-11-17 10:00 closed
    2026-11-16 12:00 now
    = open: true
    = remarks: future`,
});
