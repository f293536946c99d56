import assert from 'node:assert/strict';
import { imagePath, linkDestination } from '../../../../../src/host/panels/shared/links';

describe("the target of a link in a runbook", () => {
  const from = "runbooks/team/incident.md";
  const cases: readonly (readonly [string, ReturnType<typeof linkDestination>])[] = [
    ["https://example.org/a?b#c", { kind: "web", url: "https://example.org/a?b#c" }],
    ["mailto:ops@example.org", { kind: "web", url: "mailto:ops@example.org" }],
    ["escalation.md#who", { kind: "file", path: "runbooks/team/escalation.md", fragment: "who" }],
    ["./a%20b.md", { kind: "file", path: "runbooks/team/a b.md" }],
    ["../other.md", { kind: "file", path: "runbooks/other.md" }],
    ["/docs/x.md", { kind: "file", path: "docs/x.md" }],
    ["#here", { kind: "file", path: from, fragment: "here" }],
    ["a.md?plain=1#gr%C3%B6%C3%9Fe", { kind: "file", path: "runbooks/team/a.md", fragment: "größe" }],
    ["a.md#", { kind: "file", path: "runbooks/team/a.md" }],
    ["../../../etc/passwd", { kind: "nowhere" }],
    ["..%2f..%2f..%2fetc", { kind: "nowhere" }],
    ["%5c%5chost%5cshare", { kind: "nowhere" }],
    ["\\\\host\\share", { kind: "nowhere" }],
    ["//host/share", { kind: "nowhere" }],
    ["javascript:alert(1)", { kind: "nowhere" }],
    ["command:workbench.action.quit", { kind: "nowhere" }],
    ["file:///etc/passwd", { kind: "nowhere" }],
    ["%", { kind: "nowhere" }],
  ];
  for (const [href, expected] of cases) {
    it(href, () => assert.deepEqual(linkDestination(href, from), expected));
  }
});

describe("a picture of the workspace", () => {
  const cases: readonly (readonly [string, string | undefined])[] = [
    ["shot.PNG", ".desk/incident/shot.PNG"],
    ["../evidence/a%20b.svg?raw=true", ".desk/evidence/a b.svg"],
    ["/docs/x.webp", "docs/x.webp"],
    ["../../../x.png", undefined],
    ["https://example.org/x.png", undefined],
    ["data:image/png;base64,AAAA", undefined],
    ["../secrets.env", undefined],
  ];
  for (const [href, path] of cases) it(href, () => assert.equal(imagePath(href, ".desk/incident/12.md"), path));
});
