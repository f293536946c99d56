import fc from 'fast-check';
import assert from 'node:assert/strict';
import * as Instants from 'temporal-polyfill/fns/Instant';
import { compareInstants, instantAt, millisecondsOf } from '../../../../src/core/model/instant';
import { propertyRuns } from '../../../support/propertyRuns';

describe("An instant", () => {
  const milliseconds = fc.oneof(
    fc.integer({ min: Date.UTC(1969, 0, 1), max: Date.UTC(2101, 0, 1) }),
    fc.integer({ min: -62_135_596_800_000, max: 253_402_300_799_999 }),
    fc.integer({ min: -8_640_000_000_000_000, max: 8_640_000_000_000_000 }),
  );
  const edges = ["2024-02-29T23:59:59.999Z", "2000-02-29T00:00:00Z", "1900-03-01T00:00:00Z", "1970-01-01T00:00:00Z", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z", "2026-12-31T00:00:00.05Z"];

  it("is formatted and parsed as by Temporal", () => {
    fc.assert(
      fc.property(milliseconds, (at) => {
        const text = Instants.fromEpochMilliseconds(at).toJSON();
        assert.equal(instantAt(at), text);
        assert.equal(millisecondsOf(text), at);
      }),
      { numRuns: edges.length + propertyRuns(2000), examples: edges.map((text): [number] => [Instants.fromString(text).epochMilliseconds]) },
    );
  });

  it("is parsed as by Temporal, or is not parsed, whatever the text", () => {
    const edited = fc.tuple(fc.constantFrom(...edges, "2026-11-20T16:02:11.1Z", "2026-11-20T16:02:11.12Z"), fc.nat(24), fc.constantFrom("", "0", "9", "-", ":", ".", "Z", "T", "z", " ", "/", "+00:00", "\u0661"), fc.nat(1))
      .map(([text, at, part, removed]) => text.slice(0, at) + part + text.slice(at + removed));
    const tried = (parse: () => number): number | string => {
      try {
        return parse();
      } catch (error) {
        return error instanceof RangeError ? "not an instant" : assert.fail(String(error));
      }
    };
    fc.assert(
      fc.property(edited, (text) => assert.equal(tried(() => millisecondsOf(text)), tried(() => Instants.fromString(text).epochMilliseconds))),
      { numRuns: propertyRuns(2000), examples: [["2026-11-20T16:02:11.Z"], ["2026-11-20T16:02:60Z"], ["2026-11-20T16:02:11.1234Z"]] },
    );
  });

  it("is ordered by its time, in every form that the desk writes", () => {
    const written = fc.tuple(fc.integer({ min: 0, max: 3 }), fc.constantFrom("", ".0", ".000", ".5", ".05", ".999")).map(([second, fraction]) => `2026-11-20T16:02:0${second}${fraction}Z`);
    fc.assert(fc.property(written, written, (a, b) => assert.equal(Math.sign(compareInstants(a, b)), Math.sign(millisecondsOf(a) - millisecondsOf(b)) + 0)), { numRuns: propertyRuns(500) });
    assert.deepEqual([compareInstants(undefined, "2026-11-20T16:02:11Z"), compareInstants(undefined, undefined)], [-1, 0]);
  });

  for (const text of ["2026-02-29T00:00:00Z", "2026-13-01T00:00:00Z", "2026-00-01T00:00:00Z", "2026-01-01T24:00:00Z", "2026-01-01", "now", ""]) {
    it(`is not “${text}”`, () => assert.throws(() => millisecondsOf(text), RangeError));
  }

  it("is parsed in every valid form", () => {
    assert.equal(millisecondsOf("2026-11-20T08:00:00-08:00"), Date.UTC(2026, 10, 20, 16));
    assert.equal(millisecondsOf("2026-11-30t16:00:00z"), Date.UTC(2026, 10, 30, 16));
    assert.equal(millisecondsOf("2026-11-30T16:00:00.123456Z"), Date.UTC(2026, 10, 30, 16, 0, 0, 123));
  });
});
