import type { Desk } from '../../src/core/model/desk';

/** A desk with two kinds in their own repositories, and one of code repositories. */
export const sampleDesk: Desk = {
  team: "Customer response",
  timezone: "UTC",
  hours: [],
  holidays: [],
  exceptions: [],
  kinds: [
    { name: "incident", repositories: ["acme/live"], label: "incident", prefix: "[INCIDENT]" },
    { name: "request", repositories: ["acme/desk"], prefix: "[REQUEST]" },
    { name: "issue", repositories: ["acme/engine", "acme/docs"] },
  ],
  priorities: [
    { name: "high", label: "priority: high", criteria: [] },
    { name: "normal", label: "priority: normal", criteria: [] },
  ],
  severities: ["SEV1", "SEV2"],
  stages: ["To do", "In progress", "Done"],
  services: ["Portal", "Ledger"],
  environments: [],
  people: [],
  rotations: [],
  escalation: [],
  incidentRoles: ["lead", "communications"],
  transitions: {},
  checklists: [],
  triage: { within: { amount: 15, unit: "m" }, tell: [], keepsAnswers: false },
  audiences: [],
  postmortem: { folder: "postmortems", for: ["high"] },
};
