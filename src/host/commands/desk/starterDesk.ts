import type { Files } from "../../../core/model/ports";
import { ok, type Result } from "../../../core/model/result";

/** The values that a new desk is created with. */
interface StarterContext {
  readonly team: string;
  readonly timezone: string;
  readonly me: string;
  /** ISO date on which the rotation starts. */
  readonly today: string;
}

interface StarterFile {
  readonly path: string;
  readonly text: string;
}

/** The files of a new desk, in English: its configuration, a runbook each for incidents and requests, and a start-of-day checklist. */
export function starterDesk(context: StarterContext): readonly StarterFile[] {
  return [
    { path: "runbooks/desk.yml", text: deskYml(context) },
    { path: "runbooks/incident.md", text: incident },
    { path: "runbooks/request.md", text: request },
    { path: "runbooks/start-of-day.md", text: startOfDay },
  ];
}

function deskYml({ team, timezone, me, today }: StarterContext): string {
  return `team: ${JSON.stringify(team)}
timezone: ${timezone}
hours:
  Mon-Fri: ["09:00-17:00"]
kinds:
  incident: { repository: local, label: incident, prefix: "[INCIDENT]", respondWithin: 1h, runbook: incident.md }
  request: { repository: local, label: request, prefix: "[REQUEST]", respondWithin: 1d, runbook: request.md }
  issue: { repository: local }
priorities:
  high: { label: "priority: high", updateEvery: 1h, criteria: ["People cannot do their work", "Data is at risk"] }
  normal: { label: "priority: normal" }
stages: [To do, In progress, Done]
people:
  - { login: ${JSON.stringify(me)} }
# Add more people to rotate shifts:
rotation:
  starts: ${today}
  every: 1w
  roles: [primary]
postmortem: { folder: postmortems, for: [high] }
`;
}

const incident = `---
title: Incident response
kind: incident
assign: primary
---

# Incident response

## Acknowledge

- [ ] Tell the reporter that you are working on it
- [ ] Set the priority
- [ ] Look for a known issue with the same symptoms

## Mitigate

- [ ] Record what is affected, and since when
- [ ] Is there a workaround?
  - Yes: send it to everybody affected
  - No: tell them when the next update is due
- [ ] Create [ISSUE] for the code change

## Close

- [ ] Confirm with the reporter that it works again
- [ ] Record the resolution
`;

const request = `---
title: Request
kind: request
assign: primary
---

# Request

- [ ] Acknowledge the request
- [ ] Agree on the scope and the due date
- [ ] Do the work. Create [ISSUE] for code changes
- [ ] Tell the requester that it is done, and close the [REQUEST]
`;

const startOfDay = `---
title: Start of day
role: primary
when: start-of-day
---

# Start of day

- [ ] Read the new issues since yesterday
- [ ] Review the open incidents and record the next step for each
- [ ] Check the monitoring
`;

/** Writes the files that do not exist. Existing files are not changed, even if they cannot be read. */
export async function writeMissing(files: Files, wanted: readonly StarterFile[]): Promise<Result<void>> {
  for (const { path, text } of wanted) {
    const there = await files.read(path);
    if (there.kind === "ok") continue;
    if (there.failure.kind !== "missing") return there;
    const written = await files.write(path, text);
    if (written.kind === "failed") return written;
  }
  return ok(undefined);
}
