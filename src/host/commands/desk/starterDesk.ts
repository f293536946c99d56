import type { Files } from "../../../core/model/ports";
import { ok, type Result } from "../../../core/model/result";

/** What a first desk is made for. */
interface StarterContext {
  readonly team: string;
  readonly timezone: string;
  readonly me: string;
  /** ISO date from which the rotation runs. */
  readonly today: string;
}

interface StarterFile {
  readonly path: string;
  readonly text: string;
}

/** A first desk: its configuration, a runbook for each of incidents and requests, and a checklist for the start of the day. */
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
# Add more people, and they take turns:
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

## Answer

- [ ] Tell the reporter that you have it
- [ ] Set the priority
- [ ] Look for a known issue with the same signs

## Mend

- [ ] Write down what is affected, and since when
- [ ] Is there a way around it?
  - Yes: tell everybody affected how it goes
  - No: say when they will hear from you next
- [ ] Create [ISSUE] for what has to change in the code

## Close

- [ ] Check with the reporter that it works again
- [ ] Record how it was resolved
`;

const request = `---
title: Request
kind: request
assign: primary
---

# Request

- [ ] Acknowledge the request
- [ ] Agree on what is needed, and by when
- [ ] Do the work; create [ISSUE] for what belongs in code
- [ ] Tell the requester that it is done, and close the [REQUEST]
`;

const startOfDay = `---
title: Start of day
role: primary
when: start-of-day
---

# Start of day

- [ ] Read what came in since yesterday
- [ ] Go through the open incidents and say what is next for each
- [ ] Look at the monitoring
`;

/** Writes those of the files that are not there. One that is there stays as it is, also when it cannot be read. */
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
