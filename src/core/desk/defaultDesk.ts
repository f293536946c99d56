import type { Desk, Kind, Priority } from "../model/desk";
import { localRepository } from "../model/issueRef";

/** A whole desk for a team that wrote none: all kinds in the one repository, no hours, no rotation. */
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

/** The team's name when the desk says none: that of its repository. */
export function defaultTeam(repository: string): string {
  return repository === localRepository ? "Desk" : (repository.split("/").at(-1) ?? repository);
}

/** Incidents, requests and issues, all in the one repository. */
export function defaultKinds(repository: string): readonly Kind[] {
  return [
    { name: "incident", repositories: [repository], label: "incident", prefix: "[INCIDENT]" },
    { name: "request", repositories: [repository], label: "request", prefix: "[REQUEST]" },
    { name: "issue", repositories: [repository] },
  ];
}

/** The priorities of a desk that names none. */
export const defaultPriorities: readonly Priority[] = [
  { name: "high", label: "priority: high", criteria: [] },
  { name: "normal", label: "priority: normal", criteria: [] },
];

/** The stages of a desk that names none. */
export const defaultStages: readonly string[] = ["To do", "In progress", "Done"];

/** Where post-mortems go unless the desk says otherwise, from the workspace folder. */
export const defaultPostmortemFolder = "postmortems";
