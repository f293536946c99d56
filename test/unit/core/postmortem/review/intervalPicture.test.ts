import fc from 'fast-check';
import assert from 'node:assert/strict';
import { intervalPicture } from '../../../../../src/core/postmortem/review/intervalPicture';
import { anyPostmortem, emptyPostmortem, entry } from '../samples';

describe("The picture of the intervals", () => {
  const instants = { started: "2026-11-20T16:00:00Z", detected: "2026-11-20T16:30:00Z", acknowledged: "2026-11-20T16:35:00Z", resolved: "2026-11-20T18:00:00Z" };

  it("draws each interval on one scale, with its length", () => {
    const picture = intervalPicture({ ...emptyPostmortem, instants }) ?? "";
    const bars = [...picture.matchAll(/<rect x="(\d+)" y="\d+" width="(\d+)" height="18"/g)].map(([, x, width]) => [Number(x), Number(width)]);
    assert.deepEqual(bars, [[150, 115], [265, 19], [150, 460]]);
    assert.match(picture, /aria-label="Time to detect: 30 min, Time to acknowledge: 5 min, Time to resolve: 2 h"/);
  });

  it("shows gaps of the timeline", () => {
    const timeline = [entry("t1", instants.started, "one"), entry("t2", instants.resolved, "two")];
    assert.match(intervalPicture({ ...emptyPostmortem, instants: { started: instants.started, resolved: instants.resolved }, timeline }) ?? "", />Gap in the timeline<[^]*stroke-dasharray/);
  });

  it("is missing without intervals, and valid for any post-mortem", () => {
    assert.equal(intervalPicture(emptyPostmortem), undefined);
    assert.equal(intervalPicture({ ...emptyPostmortem, instants: { started: instants.started, detected: instants.started } }), undefined);
    fc.assert(
      fc.property(anyPostmortem, (postmortem) => {
        const picture = intervalPicture(postmortem);
        if (picture === undefined) return;
        assert.match(picture, /^<svg [^<>]*>(?:<(?:rect|line) [^<>]*\/>|<text [^<>]*>[\w .]*<\/text>)+<\/svg>$/);
        for (const [, x = "", width = ""] of picture.matchAll(/<rect x="(-?\d+)" y="\d+" width="(-?\d+)"/g)) assert.ok(Number(x) >= 0 && Number(width) > 0 && Number(x) + Number(width) <= 720, picture);
      }),
    );
  });
});
