import assert from 'node:assert/strict';
import { type Answer, next, promptAll, type Question } from '../../../../src/host/ui/inputFlow';

type Said = readonly string[];

function scripted(name: string, answers: ("next" | "back" | "left")[], places: string[]): Question<Said> {
  return {
    ask: async (state, flowStep): Promise<Answer<Said>> => {
      places.push(`${name} ${flowStep.step}/${flowStep.total} ${flowStep.back ? "back" : "first"}`);
      const kind = answers.shift() ?? "next";
      return kind === "next" ? next([...state, name]) : { kind };
    },
  };
}

const never: Question<Said> = {
  applies: () => false,
  ask: () => assert.fail("must not be asked"),
};

describe("promptAll", () => {
  it("asks in order, skips what need not be asked, and counts what was asked", async () => {
    const places: string[] = [];
    const end = await promptAll<Said>("t", [], [scripted("a", [], places), never, scripted("b", [], places)]);
    assert.deepEqual(end, ["a", "b"]);
    assert.deepEqual(places, ["a 1/2 first", "b 2/2 back"]);
  });

  it("goes back over skipped questions to the one asked before", async () => {
    const places: string[] = [];
    const end = await promptAll<Said>("t", [], [scripted("a", [], places), never, scripted("b", ["back", "next"], places)]);
    assert.deepEqual(places, ["a 1/2 first", "b 2/2 back", "a 1/2 first", "b 2/2 back"]);
    assert.deepEqual(end, ["a", "a", "b"]);
  });

  it("asks what an answer brings, and counts it; going back asks the one before", async () => {
    const places: string[] = [];
    const [a, more, b] = [scripted("a", [], places), scripted("more", ["next", "back"], places), scripted("b", ["back", "next"], places)];
    const end = await promptAll<Said>("t", [], (state) => [a, ...(state.includes("a") ? [more] : []), b]);
    assert.deepEqual(places, ["a 1/2 first", "more 2/3 back", "b 3/3 back", "more 2/3 back", "a 1/3 first", "more 2/3 back", "b 3/3 back"]);
    assert.deepEqual(end, ["a", "more", "a", "more", "b"]);
  });

  it("waits for what decides whether a question applies, and not sooner than it is the question's turn", async () => {
    const seen: string[] = [];
    let known = false;
    const late: Question<Said> = {
      ready: async (state) => {
        seen.push(`ready after ${state.join()}`);
        await Promise.resolve();
        known = true;
      },
      applies: () => known,
      ask: async (state) => next([...state, "late"]),
    };
    assert.deepEqual(await promptAll<Said>("t", [], [scripted("a", [], seen), late]), ["a", "late"]);
    assert.deepEqual(seen, ["a 1/1 first", "ready after a"]);
  });

  it("leaves without a result and has told every answer until then", async () => {
    const told: Said[] = [];
    const end = await promptAll<Said>("t", [], [scripted("a", [], []), scripted("b", ["left"], [])], (state) => told.push(state));
    assert.equal(end, undefined);
    assert.deepEqual(told, [["a"]]);
  });
});
