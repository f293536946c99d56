import assert from "node:assert/strict";
import fc from "fast-check";
import { readFlowchart } from "../../../../src/core/flowchart/readFlowchart";
import { type ChartStep, chartSteps, drawsProcedure } from "../../../../src/core/runbook/chartSteps";
import { propertyRuns } from "../../../support/propertyRuns";

function stepsOf(...lines: readonly string[]): readonly ChartStep[] {
  const chart = readFlowchart(["flowchart TD", ...lines].join("\n"));
  assert.ok(chart !== undefined);
  assert.deepEqual(chart.problems, []);
  return chartSteps(chart);
}

/** `key -> next`, with exits indented. */
function outline(steps: readonly ChartStep[]): readonly string[] {
  return steps.map(({ key, depth, next }) => `${"  ".repeat(depth)}${key} -> ${next.join(" ")}`.trimEnd());
}

describe("The steps of a flowchart", () => {
  it("are its nodes without starts and ends, in the order of the edges", () => {
    assert.deepEqual(outline(stepsOf("c[Third] --> e([End])", "s((Start)) --> a[First] --> b[Second]", "b --> c")), ["a -> b", "b -> c", "c ->"]);
  });

  it("are decisions with their exits as options, in the order of the exits", () => {
    const steps = stepsOf("q{Ready?}", "q -->|Yes| go[Go]", "q -- No --> wait[Wait]", "q -. Later .-> stop([Stop])", "go --> x[Tell]", "wait --> x");
    assert.deepEqual(outline(steps), ["q ->", "  q>go -> go", "  q>wait -> wait", "  q>stop ->", "go -> x", "wait -> x", "x ->"]);
    assert.deepEqual(steps.map(({ part, text, parent }) => [part, text, parent]).slice(0, 4), [["decision", "Ready?", undefined], ["option", "Yes", "q"], ["option", "No", "q"], ["option", "Later", "q"]]);
  });

  it("keep the key of an exit when its label changes", () => {
    const keys = (label: string): readonly string[] => stepsOf(`q{?} -->|${label}| a[A]`, "q -->|No| b[B]", "q -->|Maybe| b").map(({ key }) => key);
    assert.deepEqual(keys("Yes"), ["q", "q>a", "q>b", "q>b~2", "a", "b"]);
    assert.deepEqual(keys("Of course"), keys("Yes"));
  });

  it("lead back in loops, also through a start", () => {
    assert.deepEqual(outline(stepsOf("s([Start]) --> a[A] --> q{Done?}", "q -->|No| a", "q -->|Yes| e([End])", "q -->|Again| s")), ["a -> q", "q ->", "  q>a -> a", "  q>e ->", "  q>s -> a"]);
  });

  it("are in their subgraphs, whose edges stand for their first and last nodes", () => {
    const steps = stepsOf("a[A] --> one", "subgraph one [Stage one]", "b[B] --> c[C]", "end", "subgraph two", "d[D]", "end", "one --> two", "two --> e[E]");
    assert.deepEqual(outline(steps), ["a -> b", "b -> c", "c -> d", "d -> e", "e ->"]);
    assert.deepEqual(steps.map(({ stage }) => stage?.title), [undefined, "Stage one", "Stage one", "two", undefined]);
  });

  it("enter a subgraph that is a loop at its first node, and leave it from its last", () => {
    assert.deepEqual(outline(stepsOf("a --> s", "subgraph s", "b --> c --> b", "end", "s --> d")), ["a -> b", "b -> c", "c -> b d", "d ->"]);
    assert.deepEqual(outline(stepsOf("a --> s", "subgraph s", "b --> b", "b --> c --> c", "end", "s --> d")), ["a -> b", "b -> b c", "c -> c d", "d ->"]);
  });

  it("pass through a node without edges in a subgraph, and ignore invisible edges there", () => {
    assert.deepEqual(outline(stepsOf("a --> s", "subgraph s", "b --> c", "n[Alone]", "n ~~~ b", "end", "s --> d")), ["a -> b n", "b -> c", "c -> d", "n -> d", "d ->"]);
  });

  it("have one option for an edge to a subgraph, which leads to all of its first nodes", () => {
    const steps = stepsOf("q{Ready?} -->|Yes| s", "q -->|No| e[E]", "subgraph s", "b[B]", "c[C]", "end", "s --> e");
    assert.deepEqual(outline(steps), ["q ->", "  q>b -> b c", "  q>e -> e", "b -> e", "c -> e", "e ->"]);
    assert.deepEqual(steps.flatMap(({ part, text }) => (part === "option" ? [text] : [])), ["Yes", "No"]);
  });

  it("enter an inner subgraph only once, where an edge from the outer one leads to it", () => {
    assert.deepEqual(outline(stepsOf("a --> s", "subgraph s", "b --> t", "subgraph t", "c --> d", "end", "end", "s --> e")), ["a -> b", "b -> c", "c -> d", "d -> e", "e ->"]);
  });

  it("are optional if only dotted edges reach them", () => {
    const steps = stepsOf("a --> b", "a -.-> c[C]", "b -.-> d[D]", "c --> d", "a ~~~ f[F]");
    assert.deepEqual(steps.filter(({ optional }) => optional === true).map(({ key }) => key), ["c"]);
  });

  it("are plain steps where a decision has no choice", () => {
    assert.deepEqual(stepsOf("a{Only one} -->|x| b[B]", "c{No label} --> d", "c -->|x| b").filter(({ part }) => part === "decision"), []);
  });

  it("name their shape and link, so that sub-procedures can be found", () => {
    const [first] = stepsOf("a[[Do that]]", 'click a "other.md#part"');
    assert.deepEqual([first?.shape, first?.link], ["subprocess", "other.md#part"]);
  });

  it("lead only forward or back to what is before, whatever the chart", () => {
    const node = fc.nat(12).map((index) => `n${index}`);
    const edge = fc.tuple(node, fc.constantFrom("-->", "-->|x|", "-.->", "==>"), node).map(([from, arrow, to]) => `${from} ${arrow} ${to}`);
    fc.assert(
      fc.property(fc.array(edge, { minLength: 1, maxLength: 40 }), fc.subarray(["n0", "n3", "n5", "n7"]), (edges, terminals) => {
        const steps = stepsOf(...edges, ...terminals.map((id) => `${id}([${id}])`));
        const keys = steps.map(({ key }) => key);
        assert.equal(new Set(keys).size, keys.length);
        for (const { next } of steps) for (const to of next) assert.ok(keys.includes(to));
      }),
      { numRuns: propertyRuns(300) },
    );
  });

  it("are found in linear time and without a deep stack", () => {
    const lines = Array.from({ length: 5000 }, (_, index) => `n${index} --> n${index + 1}`);
    assert.equal(stepsOf(...lines, "n5000 --> n0").length, 5001);
  });
});

describe("A chart", () => {
  it("draws a procedure if it has a start, an end, a decision or a sub-procedure", () => {
    const draws = (line: string): boolean => {
      const chart = readFlowchart(`graph LR\n${line}`);
      return chart !== undefined && drawsProcedure(chart);
    };
    assert.deepEqual(["a[Client] --> b[(Server)]", "a([Start]) --> b", "a --> b{?}", "a --> b[[Other]]"].map(draws), [false, true, true, true]);
  });
});
