import type { Desk, Duration, Kind, Priority } from "../model/desk";
import { localRepository } from "../model/issueRef";

/** The desk of a team without a `desk.yml`: the default kinds in one repository, no business hours and no rotation. */
export function defaultDesk(repository: string): Desk {
  return {
    team: defaultTeam(repository),
    timezone: "UTC",
    hours: [],
    holidays: [],
    exceptions: [],
    kinds: defaultKinds(repository),
    priorities: defaultPriorities,
    severities: defaultSeverities,
    stages: defaultStages,
    services: [],
    environments: [],
    people: [],
    rotations: [],
    escalation: [],
    incidentRoles: incidentRolesOf(undefined),
    transitions: {},
    checklists: [],
    triage: { within: defaultTriageTime, tell: [], keepsAnswers: false },
    audiences: [],
    postmortem: { folder: defaultPostmortemFolder, for: ["high"] },
  };
}

/** The default team name: the name of the repository. */
export function defaultTeam(repository: string): string {
  return repository === localRepository ? "Desk" : (repository.split("/").at(-1) ?? repository);
}

/** Incidents, requests and issues in one repository. */
export function defaultKinds(repository: string): readonly Kind[] {
  return [
    { name: "incident", repositories: [repository], label: "incident", prefix: "[INCIDENT]" },
    { name: "request", repositories: [repository], label: "request", prefix: "[REQUEST]" },
    { name: "issue", repositories: [repository] },
  ];
}

/** The default priorities. */
export const defaultPriorities: readonly Priority[] = [
  { name: "high", label: "priority: high", criteria: [] },
  { name: "normal", label: "priority: normal", criteria: [] },
];

/** The default severities, the worst first. */
export const defaultSeverities: readonly string[] = ["SEV1", "SEV2", "SEV3"];

/** The time for triage if the desk sets none. */
export const defaultTriageTime: Duration = { amount: 15, unit: "m" };

/** The roles of an incident: `lead`, and the desk's own or the usual ones. */
export function incidentRolesOf(roles: readonly string[] | undefined): readonly string[] {
  const others = roles ?? ["communications", "scribe"];
  return ["lead", ...others.filter((role) => role.toLowerCase() !== "lead")];
}

/** The default stages. */
export const defaultStages: readonly string[] = ["To do", "In progress", "Done"];

/** The default folder for post-mortems, relative to the workspace folder. */
export const defaultPostmortemFolder = "postmortems";
