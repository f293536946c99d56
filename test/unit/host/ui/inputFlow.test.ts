import assert from 'node:assert/strict';
import { type Answer, next, promptAll, type Question } from '../../../../src/host/ui/inputFlow';

type Answers = readonly string[];

function scripted(name: string, answers: ("next" | "back" | "left")[], places: string[]): Question<Answers> {
  return {
    ask: async (state, flowStep): Promise<Answer<Answers>> => {
      places.push(`${name} ${flowStep.step}/${flowStep.total} ${flowStep.back ? "back" : "first"}`);
      const kind = answers.shift() ?? "next";
      return kind === "next" ? next([...state, name]) : { kind };
    },
  };
}

const never: Question<Answers> = {
  applies: () => false,
  ask: () => assert.fail("must not be asked"),
};

describe("promptAll", () => {
  it("asks in order, skips questions that do not apply, and counts the others", async () => {
    const places: string[] = [];
    const end = await promptAll<Answers>("t", [], [scripted("a", [], places), never, scripted("b", [], places)]);
    assert.deepEqual(end, ["a", "b"]);
    assert.deepEqual(places, ["a 1/2 first", "b 2/2 back"]);
  });

  it("goes back over skipped questions to the previous one", async () => {
    const places: string[] = [];
    const end = await promptAll<Answers>("t", [], [scripted("a", [], places), never, scripted("b", ["back", "next"], places)]);
    assert.deepEqual(places, ["a 1/2 first", "b 2/2 back", "a 1/2 first", "b 2/2 back"]);
    assert.deepEqual(end, ["a", "a", "b"]);
  });

  it("asks questions that an answer adds, counts them, and goes back over them", async () => {
    const places: string[] = [];
    const [a, more, b] = [scripted("a", [], places), scripted("more", ["next", "back"], places), scripted("b", ["back", "next"], places)];
    const end = await promptAll<Answers>("t", [], (state) => [a, ...(state.includes("a") ? [more] : []), b]);
    assert.deepEqual(places, ["a 1/2 first", "more 2/3 back", "b 3/3 back", "more 2/3 back", "a 1/3 first", "more 2/3 back", "b 3/3 back"]);
    assert.deepEqual(end, ["a", "more", "a", "more", "b"]);
  });

  it("waits for `ready` before it checks whether a question applies, and not earlier", async () => {
    const seen: string[] = [];
    let known = false;
    const late: Question<Answers> = {
      ready: async (state) => {
        seen.push(`ready after ${state.join()}`);
        await Promise.resolve();
        known = true;
      },
      applies: () => known,
      ask: async (state) => next([...state, "late"]),
    };
    assert.deepEqual(await promptAll<Answers>("t", [], [scripted("a", [], seen), late]), ["a", "late"]);
    assert.deepEqual(seen, ["a 1/1 first", "ready after a"]);
  });

  it("returns no result when the user leaves, after reporting every answer", async () => {
    const reported: Answers[] = [];
    const end = await promptAll<Answers>("t", [], [scripted("a", [], []), scripted("b", ["left"], [])], (state) => reported.push(state));
    assert.equal(end, undefined);
    assert.deepEqual(reported, [["a"]]);
  });
});
