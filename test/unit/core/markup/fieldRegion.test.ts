import assert from 'node:assert/strict';
import fc from 'fast-check';
import { readFields, setFields } from '../../../../src/core/markup/fieldRegion';
import type { IssueField } from '../../../../src/core/model/issueField';
import { propertyRuns } from '../../../support/propertyRuns';

const field = (name: string, value: string, at: string, by = "ana"): IssueField => ({ name, value, at: `2026-11-20T16:${at}Z`, by });

const anyField: fc.Arbitrary<IssueField> = fc.record({
  name: fc.constantFrom("mitigated", "role.lead", "update.users", "update.all-teams", "resolution"),
  value: fc.oneof(fc.string(), fc.string({ unit: "binary" }), fc.constantFrom("", "--> <!-- desk:field x -->", "a\nb")),
  at: fc.integer({ min: 0, max: 3 }).map((minute) => `2026-11-20T16:0${minute}:00Z`),
  by: fc.constantFrom("ana", "ben", "ana <b>"),
}, { noNullPrototype: true });

describe("fields in the text of an issue", () => {
  it("are one line each, below the text, and replaced in place", () => {
    const first = setFields("It is down.\n", [field("role.lead", "ana", "00:00"), field("mitigated", "2026-11-20T15:50:00Z", "01:00")]);
    assert.equal(first, "It is down.\n\n<!-- desk:field mitigated value=2026-11-20T15:50:00Z at=2026-11-20T16:01:00Z by=ana -->\n<!-- desk:field role.lead value=ana at=2026-11-20T16:00:00Z by=ana -->\n");
    const second = setFields(`${first}Thanks.`, [field("role.lead", "ben", "05:00")]);
    assert.equal(second, `${first.replace("value=ana at=2026-11-20T16:00:00Z", "value=ben at=2026-11-20T16:05:00Z")}Thanks.`);
  });

  it("keep a value that was set later, and return the same text then", () => {
    const body = setFields("", [field("role.lead", "ben", "05:00")]);
    assert.equal(setFields(body, [field("role.lead", "ana", "04:00")]), body);
  });

  it("keep every byte of a line whose value is set again, and of what cannot be read", () => {
    const body = "<!-- desk:field role.lead by=ana value=ben at=2026-11-20T16:05:00Z -->  \r\n<!-- desk:field mitigated value=x at=yesterday -->\r\n";
    assert.equal(setFields(body, [field("role.lead", "ben", "05:00")]), body);
    assert.ok(setFields(body, [field("role.lead", "cho", "06:00"), field("mitigated", "2026-11-20T16:00:00Z", "07:00")]).includes("<!-- desk:field mitigated value=x at=yesterday -->\r\n"));
  });

  it("ignore marks that are invalid or quoted", () => {
    const lines = ["<!-- desk:field -->", "<!-- desk:field Lead value=x at=2026-11-20T16:00:00Z -->", "<!-- desk:field mitigated value=x at=yesterday -->", "> <!-- desk:field resolved value=x at=2026-11-20T16:00:00Z -->"];
    assert.deepEqual(readFields(lines.join("\n")), []);
  });

  it("are the same in whatever order and however often they are set", () => {
    fc.assert(
      fc.property(fc.array(anyField), fc.array(anyField), fc.string(), (some, others, text) => {
        const start = text.replace(/<!--/g, "");
        const [one, other] = [setFields(setFields(start, some), others), setFields(setFields(start, others.toReversed()), [...some, ...others])];
        assert.deepEqual(readFields(one), readFields(other));
        assert.equal(setFields(one, [...others, ...some]), one);
        assert.ok(one.startsWith(start));
      }),
      { numRuns: propertyRuns(1000) },
    );
  });

  it("keep every character of a value", () => {
    fc.assert(fc.property(anyField, (one) => assert.deepEqual(readFields(setFields("", [one])), [one])), { numRuns: propertyRuns(1000) });
  });
});
