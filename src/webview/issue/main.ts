import { render } from "lit";
import { runInBackground } from "../../core/model/queues";
import { refKey } from "../../core/model/issueRef";
import type { RequestResult } from "../../protocol/channel";
import { type ChecklistView, type ChecklistWrite, issueProtocol, type IssueReply, type IssueState, type IssueToHost, type ReplyWrite, type StepView } from "../../protocol/issue";
import { connect, type PanelLine } from "../shared/connect";
import { firstControl, keepFocus, returnFocus } from "../shared/keepFocus";
import { freshKey } from "../shared/freshKey";
import { keepScroll } from "../shared/memory";
import { type ZonedTime, zonedTime } from "../shared/times";
import { announce, stepKeys } from "./announce";
import { allSteps, overlay, passOf, withoutDone } from "./overlay";
import { foldName } from "./chartDrawing";
import { createPlacer } from "./chartPlacing";
import { createTimeline } from "./entries";
import { blocked, controlId, type Handlers, reasonField, replyFields, timelineFilters, type Ui } from "./parts";
import { issueView } from "./view";

const silence = 8_000;

const beat = 4_000;

/** The script that arranges flowcharts, beside this one. */
const layoutScript = document.currentScript instanceof HTMLScriptElement ? new URL("chartLayout.js", document.currentScript.src).href : "chartLayout.js";

function start(root: HTMLElement): void {
  const page: { state?: IssueState; ui: Ui; current: string; zone?: { readonly of: string; readonly time: ZonedTime } } = {
    current: "",
    ui: {
      now: Date.now(), onlyMine: false, refusals: new Map(), announcement: "", silent: 0, drafts: {}, menuOpen: false, folded: new Set(), allLinks: false,
      filter: "all", filterText: "", reply: { kind: "none" }, placed: new Map(), beside: false, zooms: new Map(), nodes: new Map(),
    },
  };
  const sentAt = new Map<string, number>();

  const line = connect({
    protocol: issueProtocol,
    // The name of version 0.1, so that changes which it could not save are found.
    owner: ({ ref }) => `checklist ${refKey(ref)}`,
    again: (message) => (isWrite(message) || isReply(message) ? { ...message, again: true } : message),
    show(state, { memory }) {
      const first = page.state === undefined;
      const { drafts, choices } = memory.now();
      if (first) page.ui = { ...page.ui, ...chosen(choices), ...(line.memory.now().unsent.some(({ message }) => isReply(message)) ? { reply: { kind: "sending" } } : {}) };
      change({ announcement: announce(page.state, state) || page.ui.announcement, drafts, refusals: withoutDone(page.ui.refusals, checklistOf(state)), now: Date.now() }, state);
      timeline.follow(state);
      arrange();
      // The buttons get their size when they render themselves, which is after this.
      queueMicrotask(() => scrollTo(state, first));
    },
    onReply({ key, message }, result) {
      sentAt.delete(key);
      if (isReply(message)) return replied(message, result);
      if (!isWrite(message)) return;
      const refusals = new Map(page.ui.refusals);
      refusals.delete(stepOf(message));
      if (result.kind === "reply" && result.reply.kind === "refused") refusals.set(stepOf(message), { text: result.reply.text, write: message, kept: result.reply.kept });
      if (result.kind === "error") refusals.set(stepOf(message), { text: page.state?.labels.failed ?? "", write: message, kept: false });
      change({ refusals });
    },
  });
  const restoreScroll = keepScroll(line.memory);
  returnFocus(root, nearby);
  const timeline = createTimeline((known) => line.ask({ kind: "timeline", known }), (entries) => change({ entries }));

  const placer = createPlacer(layoutScript, () => document.getElementById("checklist")?.clientWidth ?? 0, (placing) => {
    page.current = "";
    change(placing);
  });
  new ResizeObserver(() => arrange()).observe(root);

  /** Arranges the drawings that are shown. */
  function arrange(): void {
    const charts = checklistOf(page.state)?.charts ?? [];
    const { folded } = page.ui;
    if (page.state !== undefined && !folded.has("checklist")) placer.follow(charts.filter((_, index) => !folded.has(foldName(index))), page.state.labels.optional);
  }

  function change(part: Partial<Ui>, state = page.state): void {
    page.ui = { ...page.ui, ...part };
    if (state === undefined) return;
    page.state = state;
    const restoreFocus = keepFocus(root, nearby);
    render(issueView(withWrites(state, line), page.ui, { now: page.ui.now, zone: zoneOf(state) }, handlers), root);
    restoreFocus();
    page.current = showCurrentNodes(root, page.current);
  }

  /**
   * Where the focus goes when its element was removed: to the text of the comment, the title, or the first control beside it. Not
   * to another button of the header, because the next Enter would run it.
   */
  function nearby(around: readonly Element[]): HTMLElement | null {
    const title = root.querySelector<HTMLElement>("h1");
    if (around.some((element) => element.matches(".reply"))) return root.querySelector<HTMLElement>(".reply textarea") ?? title;
    const left = around.find((element) => element.isConnected);
    return left === undefined || left.closest("header") !== null || left.matches("main, .columns") ? title : (firstControl(left) ?? title);
  }

  function zoneOf({ language, timezone }: IssueState): ZonedTime {
    const of = `${language} ${timezone}`;
    if (page.zone?.of !== of) page.zone = { of, time: zonedTime(language, timezone) };
    return page.zone.time;
  }

  /** Shows the checklist when the host asks for it. Otherwise the position of the page stays. */
  function scrollTo({ goTo }: IssueState, first: boolean): void {
    const { choices } = line.memory.now();
    if (goTo === undefined || goTo === choices["goTo"]) {
      if (first) restoreScroll();
      return;
    }
    choose({ goTo });
    document.getElementById("checklist")?.scrollIntoView({ block: "start" });
  }

  function choose(part: Readonly<Record<string, string>>): void {
    line.memory.change({ choices: { ...line.memory.now().choices, ...part } });
  }

  function draft(part: Readonly<Record<string, string>>): void {
    const drafts = Object.fromEntries(Object.entries({ ...page.ui.drafts, ...part }).filter(([, text]) => text !== ""));
    line.memory.change({ drafts });
    change({ drafts });
  }

  const noReply = { [replyFields.text]: "", [replyFields.stage]: "", [replyFields.state]: "" };

  function replied({ text }: ReplyWrite, result: RequestResult<IssueReply>): void {
    if (result.kind === "closed") return;
    const refused = result.kind === "error" ? { text: page.state?.labels.failed ?? "", kept: false } : result.reply.kind === "refused" ? result.reply : undefined;
    if (refused?.kept === false) {
      page.ui = { ...page.ui, reply: { kind: "refused", text: refused.text } };
      draft({ [replyFields.text]: page.ui.drafts[replyFields.text] ?? text });
      return;
    }
    page.ui = { ...page.ui, reply: refused === undefined ? { kind: "sent" } : { kind: "kept", text: refused.text } };
    draft(noReply);
  }

  function deliver(write: ChecklistWrite): void {
    for (const { key, message } of line.memory.now().unsent) {
      if (isWrite(message) && stepOf(message) === stepOf(write) && message.run === write.run) line.forget(key);
    }
    sentAt.set(write.key, Date.now());
    line.deliver(write, write.key);
    const refusals = new Map(page.ui.refusals);
    refusals.delete(stepOf(write));
    change({ refusals });
  }

  function closeSkip(step: StepView, checklist: ChecklistView | undefined, forget: boolean): void {
    const field = reasonField(checklist?.id ?? "", step.id);
    const { [field]: _typed, ...others } = page.ui.drafts;
    if (forget) line.memory.change({ drafts: others });
    const { skipping, ...rest } = page.ui;
    page.ui = forget ? { ...rest, drafts: others } : rest;
    change({});
    if (skipping === step.id) focusStep(step.id);
  }

  const handlers: Handlers = {
    act: (action) => line.send({ kind: "act", action }),
    follow(href) {
      const checklist = checklistOf(page.state);
      if (checklist !== undefined) line.send({ kind: "act", action: { kind: "openLink", href, runbook: checklist.runbook } });
    },
    mark(step, mark) {
      const checklist = checklistOf(page.state);
      if (checklist === undefined) return;
      if (mark.kind === "skipped") closeSkip(step, checklist, true);
      deliver({ kind: "mark", key: freshKey(), run: checklist.id, step: step.id, mark, ...seen(checklist, step), again: false });
    },
    choose(decision, option) {
      const checklist = checklistOf(page.state);
      if (checklist === undefined) return;
      deliver({ kind: "choose", key: freshKey(), run: checklist.id, option: option.id, decision: decision.id, ...seen(checklist, decision), again: false });
    },
    setOnlyMine: (mine) => change({ onlyMine: mine }),
    startSkip(step) {
      change({ skipping: step.id });
      document.getElementById(`reason-${step.id}`)?.focus();
    },
    cancelSkip: (step) => closeSkip(step, checklistOf(page.state), false),
    type(field, text) {
      const drafts = { ...page.ui.drafts, [field]: text };
      line.memory.change({ drafts });
      change({ drafts });
    },
    retry: ({ write }) => deliver({ ...write, again: false }),
    setMenu(menuOpen) {
      change({ menuOpen });
      if (menuOpen) root.querySelector<HTMLElement>("#more-actions button")?.focus();
      else document.getElementById("more")?.focus();
    },
    leaveMenu: () => change({ menuOpen: false }),
    fold(id, folded) {
      const all = new Set(page.ui.folded);
      if (folded) all.add(id);
      else all.delete(id);
      choose({ folded: [...all].join(" ") });
      change({ folded: all });
      arrange();
    },
    showAllLinks: () => change({ allLinks: true }),
    setFilter(filter) {
      choose({ filter });
      change({ filter });
    },
    setFilterText: (filterText) => change({ filterText }),
    goTo(id) {
      const element = document.getElementById(id);
      element?.scrollIntoView({ block: id === "reply" ? "center" : "start" });
      element?.focus({ preventScroll: true });
    },
    goToNewest: () => root.querySelector(".timeline > .entry:last-child")?.scrollIntoView({ block: "center" }),
    typeReply(text, state) {
      if (page.ui.reply.kind !== "sending") page.ui = { ...page.ui, reply: { kind: "none" } };
      draft({ [replyFields.text]: text, [replyFields.state]: text === "" ? "" : (page.ui.drafts[replyFields.state] ?? state) });
    },
    chooseStage: (stage) => draft({ [replyFields.stage]: stage }),
    sendReply(effect, text, stage) {
      const write: ReplyWrite = { kind: "reply", key: freshKey(), text, effect, ...(stage === undefined ? {} : { stage }), again: false };
      sentAt.set(write.key, Date.now());
      line.deliver(write, write.key);
      change({ reply: { kind: "sending" } });
    },
    discardReply: () => draft(noReply),
    setZoom: (chart, zoom) => change({ zooms: new Map([...page.ui.zooms, [chart, zoom]]) }),
    focusNode: (chart, node) => change({ nodes: new Map([...page.ui.nodes, [chart, node]]) }),
    goToStep(id) {
      const steps = allSteps(checklistOf(page.state)?.sections ?? []);
      const step = steps.find((one) => one.id === id);
      if (step === undefined) return;
      const isShown = (): boolean => root.querySelector(`[data-step="${CSS.escape(id)}"]`) !== null;
      if (!isShown()) change({ onlyMine: false });
      // A decision has no control of its own.
      const options = step.children.filter(({ part }) => part === "option");
      const control = step.part === "decision" ? (options.find(({ mark }) => mark.kind === "done") ?? options[0] ?? step) : step;
      root.querySelector(`.step[data-step="${CSS.escape(id)}"]`)?.scrollIntoView({ block: "center" });
      document.getElementById(controlId(control.id))?.focus({ preventScroll: true });
    },
    copy: (text) => runInBackground(navigator.clipboard.writeText(text), console),
  };

  stepKeys(root, (id) => {
    const checklist = checklistOf(page.state);
    const step = checklist === undefined ? undefined : allSteps(checklist.sections).find((one) => one.id === id);
    if (step === undefined || page.state === undefined || step.part === "option" || step.mark.kind !== "open" || blocked(step, { state: page.state })) return;
    handlers.startSkip(step);
  });

  setInterval(() => {
    const now = Date.now();
    const waiting = line.memory.now().unsent.filter(({ key }) => now - (sentAt.get(key) ?? now) > silence);
    change({ now, silent: waiting.length });
  }, beat);
}

/** Scrolls drawings that are larger than their frames to the current step, if it is not the one before. Returns it. */
function showCurrentNodes(root: HTMLElement, before: string): string {
  const current = root.querySelector(".node.current .target")?.getAttribute("data-node-step") ?? "";
  if (current === before) return current;
  for (const frame of root.querySelectorAll(".drawing-frame")) {
    const node = frame.querySelector(".node.current");
    if (node === null) continue;
    const [inside, outside] = [node.getBoundingClientRect(), frame.getBoundingClientRect()];
    frame.scrollBy({ left: inside.left - outside.left - (outside.width - inside.width) / 2, top: inside.top - outside.top - (outside.height - inside.height) / 2, behavior: "instant" });
  }
  return current;
}

function withWrites(state: IssueState, line: PanelLine<IssueToHost, IssueReply>): IssueState {
  const { content } = state;
  if (content.kind !== "issue" || content.run === undefined) return state;
  const writes = line.memory.now().unsent.map(({ message }) => message).filter(isWrite);
  return { ...state, content: { ...content, run: overlay(content.run, writes) } };
}

function checklistOf(state: IssueState | undefined): ChecklistView | undefined {
  return state?.content.kind === "issue" ? state.content.run : undefined;
}

function isWrite(message: IssueToHost): message is ChecklistWrite {
  return message.kind === "mark" || message.kind === "choose";
}

function isReply(message: IssueToHost): message is ReplyWrite {
  return message.kind === "reply";
}

/** How the page was arranged before. */
function chosen({ folded = "", filter }: Readonly<Record<string, string>>): Pick<Ui, "folded" | "filter"> {
  return { folded: new Set(folded.split(" ").filter((id) => id !== "")), filter: timelineFilters.find((one) => one === filter) ?? "all" };
}

function stepOf(write: ChecklistWrite): string {
  return write.kind === "mark" ? write.step : write.decision;
}

/** The instant of the step's mark on the issue, without unconfirmed writes, and the pass in which it is shown. */
function seen(checklist: ChecklistView, step: StepView): Pick<ChecklistWrite, "seen" | "pass"> {
  const at = allSteps(checklist.sections).find(({ id }) => id === step.id)?.mark.at;
  return { ...(at === undefined ? {} : { seen: at }), ...(passOf(step) === 1 ? {} : { pass: passOf(step) }) };
}

function focusStep(id: string): void {
  document.getElementById(controlId(id))?.focus();
}

const root = document.getElementById("root");

if (root !== null) start(root);
