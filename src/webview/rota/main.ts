import { render } from "lit";
import { rotaProtocol, type RotaState, type RotaView } from "../../protocol/rota";
import { connect } from "../shared/connect";
import { keepScroll } from "../shared/keepScroll";
import { dayInMonth, target } from "./keys";
import type { Hands, Ui } from "./ui";
import { cellId, rotaPage } from "./view";

function start(root: HTMLElement): void {
  const page: { state?: RotaState; ui: Ui; wanted?: string } = { ui: {} };
  const line = connect({
    protocol: rotaProtocol,
    again: (message) => message,
    settled: () => undefined,
    show(state) {
      const first = page.state === undefined;
      page.state = state;
      arrive();
      if (first) backToPlace();
    },
  });
  const backToPlace = keepScroll(line.memory);

  /** Draws, and goes to the day that was wanted once its month is there. */
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
    if (page.state !== undefined) render(rotaPage(page.state, page.ui, hands), root);
  }

  function viewNow(): RotaView | undefined {
    return page.state?.content.kind === "month" ? page.state.content : undefined;
  }

  function goTo(date: string): void {
    page.wanted = date;
    if (viewNow()?.month === date.slice(0, 7)) arrive();
    else line.send({ kind: "turnTo", month: date.slice(0, 7) });
  }

  const hands: Hands = {
    act: (action) => line.send({ kind: "act", action, ...(page.ui.chosen === undefined ? {} : { day: page.ui.chosen }) }),
    turnTo(month) {
      page.ui = {};
      line.send({ kind: "turnTo", month });
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
