import type { Issue } from '../../src/core/model/issue';

/** An open incident, with other properties if given. */
export function sampleIssue(more: Partial<Issue> = {}): Issue {
  return {
    ref: { repository: "acme/desk", number: 7 },
    title: "[INCIDENT] Portal down",
    body: "Nobody can sign in.",
    state: "open",
    labels: ["incident"],
    assignees: [],
    author: "ana",
    createdAt: "2026-11-20T16:00:00Z",
    updatedAt: "2026-11-20T16:00:00Z",
    location: { kind: "file", path: ".desk/incident/7-portal.md" },
    ...more,
  };
}
