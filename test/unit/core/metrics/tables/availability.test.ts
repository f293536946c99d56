import { testTables } from "./testTables";

testTables("availability of services", {
  "a severity that only a later desk.yml knows has the weight that it has there": `
    desk.yml: severities: [Critical, Minor]
    2026-11-16 10:00 reported with incident, service: Portal, SEV1
    2026-11-16 12:00 mitigated
    2026-11-17 00:00 desk.yml: severities: [SEV1, SEV2]
    = severity: SEV1
    = available Portal on 2026-11-16: 2h 00m, 91.667%`,
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
});
