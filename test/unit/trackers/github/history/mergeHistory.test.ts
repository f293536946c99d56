import assert from "node:assert/strict";
import { parseData } from "../../../../../src/core/model/parseData";
import type { QueriedIssue } from "../../../../../src/trackers/github/history/graphqlQuery";
import { withIssues } from "../../../../../src/trackers/github/history/mergeHistory";
import { emptyHistory } from "../../../../../src/trackers/github/history/storedHistory";
import { issueResponse } from "../../../../../src/trackers/github/responses";

describe("what queries give of histories", () => {
  it("counts an issue once that is on two pages", () => {
    const [createdAt, later] = ["2026-11-01T00:00:00Z", "2026-11-02T00:00:00Z"];
    const found = (events: QueriedIssue["events"]): QueriedIssue => {
      const issue = parseData(issueResponse, { number: 7, title: "A", state: "open", created_at: createdAt, updated_at: createdAt, html_url: "https://github.com/acme/live/issues/7" });
      return { number: 7, createdAt, ...(issue === undefined ? {} : { issue }), comments: [], events };
    };
    const labeled = { issue: 7, kind: "labeled", at: createdAt, by: "ben", name: "incident" } as const;
    const assigned = { issue: 7, kind: "assigned", at: later, by: "ben", name: "ana" } as const;
    const { issues, events } = withIssues(emptyHistory, [found([labeled]), found([labeled, assigned])]);
    assert.deepEqual([issues.map(({ number }) => number), events], [[7], [labeled, assigned]]);
  });
});
