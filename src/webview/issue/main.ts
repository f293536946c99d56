import { render } from "lit";
import { refKey } from "../../core/model/issueRef";
import {
  issueProtocol,
  type IssueReply,
  type IssueState,
  type IssueToHost,
  type ChecklistView,
  type ChecklistWrite,
  type StepView,
} from "../../protocol/issue";
import { connect, type PanelLine } from "../shared/connect";
import { freshKey } from "../shared/freshKey";
import { keepScroll } from "../shared/memory";
import { announce, stepKeys } from "./announce";
import { allSteps, overlay, withoutDone } from "./overlay";
import { blocked, controlId, type Handlers, reasonField, type Ui } from "./parts";
import { issueView } from "./view";

const silence = 8_000;

const beat = 4_000;

function start(root: HTMLElement): void {
  const page: { state?: IssueState; ui: Ui } = {
    ui: { now: Date.now(), onlyMine: false, refusals: new Map(), announcement: "", silent: 0, drafts: {} },
  };
  const sentAt = new Map<string, number>();

  const line = connect({
    protocol: issueProtocol,
    // The name of version 0.1, so that changes which it could not save are found.
    owner: ({ ref }) => `checklist ${refKey(ref)}`,
    again: (message) => (isWrite(message) ? { ...message, again: true } : message),
    show(state, { memory }) {
      const first = page.state === undefined;
      change({ announcement: announce(page.state, state) || page.ui.announcement, drafts: memory.now().drafts, refusals: withoutDone(page.ui.refusals, checklistOf(state)), now: Date.now() }, state);
      if (first) restoreScroll();
    },
    onReply({ key, message }, result) {
      sentAt.delete(key);
      if (!isWrite(message)) return;
      const refusals = new Map(page.ui.refusals);
      refusals.delete(stepOf(message));
      if (result.kind === "reply" && result.reply.kind === "refused") refusals.set(stepOf(message), { text: result.reply.text, write: message, kept: result.reply.kept });
      if (result.kind === "error") refusals.set(stepOf(message), { text: page.state?.labels.failed ?? "", write: message, kept: false });
      change({ refusals });
    },
  });
  const restoreScroll = keepScroll(line.memory);

  function change(part: Partial<Ui>, state = page.state): void {
    page.ui = { ...page.ui, ...part };
    if (state === undefined) return;
    page.state = state;
    render(issueView(withWrites(state, line), page.ui, handlers), root);
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

function stepOf(write: ChecklistWrite): string {
  return write.kind === "mark" ? write.step : write.decision;
}

/** The instant of the step's mark on the issue, without unconfirmed writes. */
function seen(checklist: ChecklistView, step: StepView): { readonly seen?: string } {
  const at = allSteps(checklist.sections).find(({ id }) => id === step.id)?.mark.at;
  return at === undefined ? {} : { seen: at };
}

function focusStep(id: string): void {
  document.getElementById(controlId(id))?.focus();
}

const root = document.getElementById("root");

if (root !== null) start(root);
