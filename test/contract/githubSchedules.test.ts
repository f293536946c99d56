import fc from 'fast-check';
import assert from 'node:assert/strict';
import { propertyRuns } from '../support/propertyRuns';
import { checkOutcome } from './schedules/checkOutcome';
import { followSchedule, type Tally } from './schedules/followSchedule';
import { anySchedule, harmful } from './schedules/schedule';

describe("concurrent work on GitHub", function () {
  this.timeout(1_200_000);

  it("duplicates no issue, loses no tick and no text, and leaves nothing pending, whatever fails, wherever windows close and whatever outsiders write", async () => {
    const tally: Tally = { requests: 0, faults: 0, restarts: 0, closings: 0, moves: 0, strangers: 0, forgeries: 0 };
    const numRuns = harmful.length + propertyRuns(1000);
    await fc.assert(fc.asyncProperty(anySchedule, async (each) => {
      const outcome = await followSchedule(each, tally);
      tally.moves += checkOutcome(outcome);
    }), { numRuns, examples: harmful.map((each) => [each]) });
    // Schedules in which nothing goes wrong would show nothing.
    assert.ok(tally.faults > numRuns && tally.restarts > numRuns / 2 && tally.closings > numRuns / 20 && tally.moves > numRuns / 20 && tally.strangers > numRuns / 4 && tally.forgeries > numRuns / 10, JSON.stringify(tally));
  });
});
