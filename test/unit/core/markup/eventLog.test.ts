import assert from 'node:assert/strict';
import { appendEvents, type LoggedEvent, readEvents, readLog } from '../../../../src/core/markup/eventLog';

const event: LoggedEvent = { id: "k/0", event: { kind: "commented", at: "2026-11-20T16:00:00Z", by: "ana", markdown: "a\r\nb\u2028" } };

describe("the log of an issue", () => {
  it("returns what was added, without duplicates", () => {
    assert.deepEqual(readEvents(appendEvents(appendEvents("", [event]), [event])), [event]);
  });

  it("reads the first event after a byte order mark, and lines that end as on Windows", () => {
    const log = "\uFEFF" + ["1", "2"].map((id) => JSON.stringify({ id, kind: "closed", at: `2026-11-20T16:0${id}:00Z`, by: "ana" })).join("\r\n");
    const { events, hasInvalidLines } = readLog(log);
    assert.deepEqual([events.map(({ id }) => id), hasInvalidLines], [["1", "2"], false]);
  });

  it("orders events by their times, also with an offset, and has their times in UTC", () => {
    const log = ["2026-11-20T16:30:00+01:00", "2026-11-20T15:10:00Z", "2026-11-20T16:20Z"].map((at, id) => JSON.stringify({ id, kind: "closed", at, by: "ana" })).join("\n");
    assert.deepEqual(readEvents(log).map(({ id, event: { at } }) => [id, at]), [["1", "2026-11-20T15:10:00Z"], ["0", "2026-11-20T15:30:00Z"], ["2", "2026-11-20T16:20:00Z"]]);
  });

  it("has an event once that two branches logged at different times", () => {
    const again = { ...event, event: { ...event.event, at: "2026-11-20T17:00:00Z" } };
    assert.deepEqual(readEvents(appendEvents(appendEvents("", [event]), [again])), [event]);
  });

  it("skips and keeps invalid lines", () => {
    const bad = 'not json\r\n{"id":"x","kind":"closed"}\n{"id":"y","kind":"exploded","at":"2026-11-20T16:00:00Z","by":"x"}\n{"id":"z","kind":"closed","at":"yesterday","by":"x"}\n[1]\nno end';
    const log = appendEvents(bad, [event]);
    assert.ok(log.startsWith(`${bad}\n`));
    assert.deepEqual(readEvents(log), [event]);
  });
});
