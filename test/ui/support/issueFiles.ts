import { readdirSync } from "node:fs";
import path from "node:path";
import type { Workbench } from "./workbench";

/** The files of one kind of issue, by name. */
export function issueFiles(w: Workbench, kind: string): readonly string[] {
  if (!w.exists(`.desk/${kind}`)) return [];
  return readdirSync(path.join(w.workspace, ".desk", kind)).filter((name) => name.endsWith(".md")).sort();
}

/** An incident of 2026-11-20 with a text of its own, as a file. */
export function knownIncident(priority: "high" | "normal"): string {
  return `---
title: "[INCIDENT] Viewer shows a white page"
repository: local
state: open
labels:
  - incident
  - "priority: ${priority}"
assignees: [ana]
author: ana
created: 2026-11-20T16:02:11Z
updated: 2026-11-20T16:02:11Z
---

Somebody's own words stay.
`;
}

/** A short incident of 2026-11-20, as a file. */
export function incidentFile(number: number, title: string, assignee: string): string {
  return `---
title: "[INCIDENT] ${title}"
state: open
labels: [incident]
assignees: [${assignee}]
author: ben
created: 2026-11-20T16:0${number}:00Z
updated: 2026-11-20T16:0${number}:00Z
---
Nobody can sign in.
`;
}

/** A request of 2026-11-20 that is assigned to ana, as a file. */
export function requestFile(title: string, text: string): string {
  return `---
title: "[REQUEST] ${title}"
state: open
labels: [request]
assignees: [ana]
author: ana
created: 2026-11-20T16:00:00Z
updated: 2026-11-20T16:00:00Z
---
${text}
`;
}

export const requestOfDana = requestFile("Dana starts", "On Monday, after [the closing](../../runbooks/handbook.md#before-you-close).");

/** A desk on plain files with incidents, requests and one person. */
export const smallDesk = `team: A
timezone: UTC
kinds:
  incident: { repository: local, label: incident, prefix: "[INCIDENT]" }
  request: { repository: local, label: request, prefix: "[REQUEST]" }
people:
  - { login: ana, name: Ana Ruiz }
`;
