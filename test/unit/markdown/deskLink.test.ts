import assert from "node:assert/strict";
import fc from "fast-check";
import { formatDeskLink, parseDeskLink, type DeskLink } from "../../../src/markdown/deskLink";

describe("Links to the desk", () => {
  it("can be parsed back", () => {
    const name = fc.string({ minLength: 1, maxLength: 12 }).filter((part) => !/[\\/\p{Cc}]/u.test(part) && part.isWellFormed());
    const path = fc.array(name, { maxLength: 3 }).map((parts) => [...parts.filter((part) => part !== "." && part !== ".."), "a b&c=%25.md"].join("/"));
    const link: fc.Arbitrary<DeskLink> = fc.oneof(
      fc.record({ kind: fc.constantFrom("start", "declare", "request"), path }),
      fc.record({ kind: fc.constant("start"), path, section: fc.constantFrom("on-starting-the-day-1", "größe_2", "開始", "-") }),
      fc.record({ kind: fc.constant("checklist"), issue: fc.record({ repository: fc.constantFrom("local", "acme/desk", "a-b/c.d_e"), number: fc.integer({ min: 1, max: 999_999 }) }), run: name }),
      fc.record({ kind: fc.constantFrom("create", "set", "link", "run"), path, line: fc.nat(999_999) }),
    );
    fc.assert(
      fc.property(link, (made) => {
        const address = formatDeskLink("vscode://publisher.name", made);
        const [, route = "", query = ""] = /^vscode:\/\/publisher\.name(\/[a-z]+)\?(.*)$/.exec(address) ?? [];
        assert.deepEqual(parseDeskLink(route, query), JSON.parse(JSON.stringify(made)));
      }),
      { seed: 2 },
    );
  });

  const bad = ["/start", "/start?path=", "/start?path=a.txt", "/start?path=../a.md", "/start?path=a/../../b.md", "/start?path=/etc/a.md", "/start?path=a.md&line=1", "/start?path=a.md&path=b.md", "/start?path=a%0Ab.md", "/start?path=%E0%A4%A", "/start?path=c:\\a.md", "/create?path=a.md", "/run?path=a.md", "/run?path=a.md&line=1&command=ls", "/create?path=a.md&line=-1", "/create?path=a.md&line=1e3", "/checklist?path=a.md", "/checklist?issue=local%231", "/checklist?run=a", "/checklist?issue=local%231&run=", "/checklist?issue=local%231&run=a%0Ab", "/checklist?issue=../x%231&run=a", "/checklist?issue=acme%2Fdesk&run=a", "/checklist?issue=a b/c%231&run=a", "/checklist?issue=local%231&run=a&path=a.md", "/checklist?issue=a/b/c%231&run=a", "/start?path=a.md%23b", "/start?path=a.md%23b.md", "/start?path=a.md&section=", "/start?path=a.md&section=a%20b", "/start?path=a.md&section=..%2Fb.md", "/start?path=a.md&section=a%23b", "/start?path=a.md&section=a%0Ab", "/start?path=a.md&section=%3Cimg%3E", "/start?path=a.md&section=%E0%A4%A", "/start?path=a.md&section=a&section=b", "/start?path=a.md&section=a&line=1", "/start?section=a", "/declare?path=a.md&section=a", "/run?path=a.md&line=1&section=a", `/start?path=a.md&section=${"a".repeat(1001)}`, "/close?path=a.md", "/?path=a.md", "/start?path=a.md&x=1"];
  for (const address of bad) {
    it(`are rejected if they are not exactly ours: ${address}`, () => {
      const [path = "", query = ""] = address.split("?");
      assert.equal(parseDeskLink(path, query), undefined);
    });
  }
});
