import { render } from "lit";
import { metricsProtocol, type MetricsState, type MetricsSubject } from "../../protocol/metrics";
import { connect } from "../shared/connect";
import { keepScroll } from "../shared/memory";
import { type Handlers, listId, metricsPage } from "./view";

function start(root: HTMLElement): void {
  const page: { state?: MetricsState } = {};
  const line = connect({
    protocol: metricsProtocol,
    again: (message) => message,
    onReply: () => undefined,
    show(state) {
      const first = page.state === undefined;
      page.state = state;
      draw();
      if (first) restoreScroll();
    },
  });
  const restoreScroll = keepScroll(line.memory);

  function draw(): void {
    if (page.state === undefined) return;
    render(metricsPage(page.state, line.memory.now().choices, handlers), root);
    showList(page.state);
  }

  function show(part: MetricsSubject): void {
    if (page.state === undefined) return;
    const { period, from, to, kind, clock } = page.state.controls;
    const dates = period === "dates" ? { from, to } : { period: namedPeriod(period) };
    const { kind: chosen = kind, ...others } = part;
    // Dates replace a name, and a name replaces dates.
    const base: MetricsSubject = part.period !== undefined || part.from !== undefined ? { clock } : { clock, ...dates };
    line.send({ kind: "show", subject: { ...base, ...others, ...(chosen === "" ? {} : { kind: chosen }) } });
  }

  const handlers: Handlers = {
    act: (action) => line.send({ kind: "act", action }),
    openIssue: (ref) => line.send({ kind: "openIssue", ref }),
    openFile: (path) => line.send({ kind: "openFile", path }),
    list: (of) => line.send({ kind: "list", ...(of === undefined ? {} : { of }) }),
    choosePeriod(value) {
      const { from, to } = page.state?.controls ?? { from: "", to: "" };
      show(value === "dates" ? { from, to } : { period: namedPeriod(value) });
    },
    chooseDates: (from, to) => show({ from, to }),
    chooseKind: (kind) => show({ kind }),
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
