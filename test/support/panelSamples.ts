/** The desk of the post-mortem samples. */
export const postmortemDesk = `team: Portal
timezone: America/Los_Angeles
kinds:
  incident: { repository: acme/live, label: incident, prefix: "[INCIDENT]" }
  issue: { repositories: [acme/engine, acme/docs] }
priorities:
  high: { label: "priority: high" }
  normal: { label: "priority: normal" }
people:
  - { login: ana, name: Ana Ruiz }
  - { login: ben }
postmortem: { folder: postmortems }
`;

/** The file of a closed incident with a checklist, from which a post-mortem is drafted. */
export const closedIncident = `---
title: "[INCIDENT] Portal is down"
repository: acme/live
state: closed
labels: [incident, "priority: high", "service: Portal", SEV1]
assignees: [ana]
author: ana
created: 2026-11-20T16:02:11Z
updated: 2026-11-20T17:30:00Z
closed: 2026-11-20T17:30:00Z
---

Nobody can log in.

<!-- desk:run id=7f3a runbook=runbooks/incident.md revision=1c9e started=2026-11-20T16:03:00Z by=ana -->
### Incident response · [runbook](/runbooks/incident.md)
- [x] Find the last deployment <!-- desk:step a1 by=ana at=2026-11-20T16:10:00Z -->
- [ ] Ask for someone on site <!-- desk:step b2 -->
<!-- /desk:run -->
`;

/** A runbook with a gate, a linked issue and a decision. */
export const incidentProcedure = `# Incident response
- [ ] Look at the board
- [ ] Call the customer
## Gate: ready
- [ ] Acknowledge to the reporter
## Work
- [ ] Create [REQUEST] for the printers
- [ ] Is it known?
  - Yes: it has an issue
    - [ ] Add this case
  - No: it is new
`;
