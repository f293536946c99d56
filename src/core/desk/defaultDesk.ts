import type { Desk, Kind, Priority } from "../model/desk";
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
    stages: defaultStages,
    services: [],
    environments: [],
    people: [],
    rotations: [],
    escalation: [],
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

/** The default stages. */
export const defaultStages: readonly string[] = ["To do", "In progress", "Done"];

/** The default folder for post-mortems, relative to the workspace folder. */
export const defaultPostmortemFolder = "postmortems";
