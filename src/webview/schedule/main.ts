import { render } from "lit";
import { scheduleProtocol, type ScheduleState, type ScheduleView } from "../../protocol/schedule";
import { connect } from "../shared/connect";
import { keepScroll } from "../shared/memory";
import { dayInMonth, target } from "./keys";
import { cellId, type Handlers, schedulePage, type Ui } from "./view";

function start(root: HTMLElement): void {
  const page: { state?: ScheduleState; ui: Ui; wanted?: string } = { ui: {} };
  const line = connect({
    protocol: scheduleProtocol,
    again: (message) => message,
    onReply: () => undefined,
    show(state) {
      const first = page.state === undefined;
      page.state = state;
      arrive();
      if (first) restoreScroll();
    },
  });
  const restoreScroll = keepScroll(line.memory);

  /** Renders the page, and focuses the requested day when its month is shown. */
  function arrive(): void {
    const view = viewNow();
    const { wanted } = page;
    const found = view === undefined || wanted === undefined || !wanted.startsWith(view.month) ? undefined : dayInMonth(view, wanted);
    if (found !== undefined) {
      page.ui = { chosen: found };
      delete page.wanted;
    }
    draw();
    if (found !== undefined) document.getElementById(cellId(found))?.focus();
  }

  function draw(): void {
    if (page.state !== undefined) render(schedulePage(page.state, page.ui, handlers), root);
  }

  function viewNow(): ScheduleView | undefined {
    return page.state?.content.kind === "month" ? page.state.content : undefined;
  }

  function goTo(date: string): void {
    page.wanted = date;
    if (viewNow()?.month === date.slice(0, 7)) arrive();
    else line.send({ kind: "showMonth", month: date.slice(0, 7) });
  }

  const handlers: Handlers = {
    act: (action) => line.send({ kind: "act", action, ...(page.ui.chosen === undefined ? {} : { day: page.ui.chosen }) }),
    showMonth(month) {
      page.ui = {};
      line.send({ kind: "showMonth", month });
    },
    choose(date) {
      page.ui = { chosen: date };
      draw();
    },
    today() {
      const today = viewNow()?.today;
      if (today !== undefined) goTo(today);
    },
  };

  root.addEventListener("keydown", (event) => {
    const view = viewNow();
    const cell = event.target instanceof HTMLElement ? event.target.closest<HTMLElement>("[data-date]") : null;
    if (view === undefined || cell === null || event.ctrlKey || event.altKey || event.metaKey) return;
    const date = target(event.key, cell.dataset["date"] ?? "", view);
    if (date === undefined) return;
    event.preventDefault();
    goTo(date);
  });
}

const root = document.getElementById("root");

if (root !== null) start(root);
