import { render } from "lit";
import { type MetricsFilter, metricsProtocol, type MetricsState, type MetricsSubject } from "../../protocol/metrics";
import { connect } from "../shared/connect";
import { keepScroll } from "../shared/memory";
import { arePeriod, type Dates } from "./dates";
import { type Handlers, listId, metricsPage } from "./view";

/** What the controls select. */
interface Choice {
  readonly dates: Pick<MetricsSubject, "period" | "from" | "to">;
  readonly only: MetricsFilter | undefined;
  readonly clock: NonNullable<MetricsSubject["clock"]>;
}

function start(root: HTMLElement): void {
  const page: { state?: MetricsState; typed?: Dates } = {};
  const line = connect({
    protocol: metricsProtocol,
    again: (message) => message,
    onReply: () => undefined,
    show(state) {
      const first = page.state === undefined;
      page.state = state;
      const { period, from, to } = state.controls;
      if (period !== "dates" || (page.typed?.from === from && page.typed.to === to)) delete page.typed;
      draw();
      if (first) restoreScroll();
    },
  });
  const restoreScroll = keepScroll(line.memory);

  function draw(): void {
    if (page.state === undefined) return;
    render(metricsPage(page.state, { choices: line.memory.now().choices, typed: page.typed }, handlers), root);
    showList(page.state);
  }

  /** Shows other figures: what the controls say, with a change. */
  function show(change: Partial<Choice>): void {
    if (page.state === undefined) return;
    const { period, from, to, only, clock } = page.state.controls;
    const choice: Choice = { dates: period === "dates" ? { from, to } : { period: namedPeriod(period) }, only, clock, ...change };
    line.send({ kind: "show", subject: { ...choice.dates, clock: choice.clock, ...(choice.only === undefined ? {} : { only: choice.only }) } });
  }

  const handlers: Handlers = {
    act: (action) => line.send({ kind: "act", action }),
    openIssue: (ref) => line.send({ kind: "openIssue", ref }),
    openFile: (path) => line.send({ kind: "openFile", path }),
    list: (of) => line.send({ kind: "list", ...(of === undefined ? {} : { of }) }),
    choosePeriod(value) {
      const { from, to } = page.state?.controls ?? { from: "", to: "" };
      show({ dates: value === "dates" ? { from, to } : { period: namedPeriod(value) } });
    },
    typeDates(dates) {
      page.typed = dates;
      if (arePeriod(dates)) show({ dates });
      draw();
    },
    chooseIssues: (only) => show({ only }),
    chooseClock: (clock) => show({ clock: clock === "wall" ? "wall" : "business" }),
    remember(name, value) {
      line.memory.change({ choices: { ...line.memory.now().choices, [name]: value } });
      draw();
    },
  };
}

function namedPeriod(value: string): NonNullable<MetricsSubject["period"]> {
  switch (value) {
    case "thisWeek":
    case "lastWeek":
    case "lastMonth":
    case "thisQuarter":
    case "lastQuarter":
      return value;
    default:
      return "thisMonth";
  }
}

/** Opens or closes the list of issues as the state says. A dialog takes the focus, and gives it back. */
function showList({ content }: MetricsState): void {
  const dialog = document.getElementById(listId);
  if (!(dialog instanceof HTMLDialogElement)) return;
  const isWanted = content.kind === "report" && content.list !== undefined;
  if (isWanted && !dialog.open) dialog.showModal();
  if (!isWanted && dialog.open) dialog.close();
}

const root = document.getElementById("root");

if (root !== null) start(root);
