import * as vscode from "vscode";
import { handoffDraft, handoffItem } from "../../../core/handoff/draftHandoff";
import { handoffShift } from "../../../core/handoff/handoffDue";
import type { Handoff } from "../../../core/model/handoff";
import { millisecondsOf } from "../../../core/model/instant";
import type { Instant } from "../../../core/model/issue";
import { readLogin } from "../../../core/model/names";
import { assertNever } from "../../../core/model/result";
import { type HandoffForm, handoffProtocol, type HandoffReply, type HandoffState, type HandoffSubject, type HandoffToHost } from "../../../protocol/handoff";
import { describeFailure, describeNotDone } from "../../ui/failureMessages";
import { handoffLabels } from "./handoffLabels";
import { handoffContent } from "./handoffState";
import { type PanelBody, type PanelDeps, type PanelFactory, panelFactory, type PanelTools } from "../shared/panel";

/** The handoff panels: one per person. */
export function handoffPanel(deps: PanelDeps): PanelFactory {
  return panelFactory<HandoffSubject, HandoffState, HandoffToHost, HandoffReply>(deps, {
    viewType: "responseDesk.handoff",
    bundle: "handoff",
    icon: "handoff",
    protocol: handoffProtocol,
    key: ({ outgoing }) => outgoing.toLowerCase(),
    title: titleOf,
    open: openBody,
  });
}

function titleOf({ outgoing }: HandoffSubject): string {
  return vscode.l10n.t("Handoff by {0}", outgoing);
}

/** Formats an instant with date and time zone, because messages are read on other days and in other places. */
function formatDay(at: Instant, timeZone: string): string {
  return new Intl.DateTimeFormat(vscode.env.language, { weekday: "short", day: "numeric", month: "short", hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone, timeZoneName: "short" }).format(millisecondsOf(at));
}

function openBody({ session }: PanelTools, subject: HandoffSubject): PanelBody<HandoffSubject, HandoffState, HandoffToHost, HandoffReply> {
  const labels = handoffLabels(vscode.l10n.t);
  const { outgoing } = subject;

  async function state(): Promise<HandoffState> {
    const desk = session.desk.config();
    const now = session.clock.now();
    const failure = session.store.failure()?.failure;
    const content = handoffContent({
      desk,
      outgoing,
      now,
      issues: session.issues.snapshot()?.issues,
      pending: session.pending.operations(),
      failure: failure === undefined ? undefined : describeFailure(failure).message,
      formatInstant: (at) => formatDay(at, desk.timezone),
    });
    return { language: vscode.env.language, labels, readonly: !session.account.writable(), content };
  }

  async function create(form: HandoffForm, key: string): Promise<HandoffReply> {
    const desk = session.desk.config();
    const incoming = readLogin(form.incoming);
    if (incoming === undefined) return { kind: "refused", text: labels.needsIncoming, kept: false };
    const items = form.items.flatMap(({ ref, next }) => {
      const issue = session.issues.find(ref);
      return issue === undefined ? [] : [{ ...handoffItem(issue, desk), next }];
    });
    const { from, to } = handoffShift(desk, outgoing, session.clock.now());
    const handoff: Handoff = { outgoing, incoming, beside: form.beside, from, to, felt: form.felt, items, texts: form.texts };
    const draft = handoffDraft(desk, handoff);
    if (draft.kind === "failed") return { kind: "refused", text: describeFailure(draft.failure).message, kept: false };
    const result = await session.pending.submit({ kind: "handOff", draft: draft.value, outgoing, incoming, items: items.map(({ ref, next }) => ({ ref, next })) }, key);
    return result.kind === "done" ? { kind: "done" } : { kind: "refused", ...describeNotDone(result) };
  }

  return {
    subject: () => subject,
    showSubject: () => undefined,
    state,
    follows: [session.issues.onDidChange, session.pending.onDidChange, session.desk.onDidChange, session.account.onDidChange, session.store.onDidChange],
    title: () => titleOf(subject),
    async handle(message) {
      switch (message.kind) {
        case "create":
          return create(message.form, message.key);
        case "openIssue":
          await vscode.commands.executeCommand("responseDesk.issue.open", { ref: message.ref });
          return undefined;
        case "copy":
          await vscode.env.clipboard.writeText(message.text);
          return undefined;
        case "refresh":
          await session.refresh();
          return undefined;
        case "trust":
          await vscode.commands.executeCommand("workbench.trust.manage");
          return undefined;
        default:
          return assertNever(message);
      }
    },
  };
}
