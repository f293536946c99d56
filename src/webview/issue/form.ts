import { html, nothing, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { live } from "lit/directives/live.js";
import type { IssueHead, IssueState, ReplyForm, ReplyWrite } from "../../protocol/issue";
import type { IssueLabels } from "../../protocol/issueLabels";
import { fill } from "../../protocol/fill";
import { icon, valueOf } from "../shared/elements";
import { type Handlers, replyFields, type Ui } from "./parts";

type Effect = ReplyWrite["effect"];

/** The form for a comment with a change of state. What is typed is stored, and stays until it is written. */
export function replyForm(issue: IssueHead, form: ReplyForm, state: IssueState, ui: Ui, handlers: Handlers): TemplateResult {
  const { labels } = state;
  const text = ui.drafts[replyFields.text] ?? "";
  const stage = form.stages.find((name) => name === ui.drafts[replyFields.stage]);
  const sending = ui.reply.kind === "sending";
  const isEmpty = text.trim() === "";
  const disabled = (effect: Effect): boolean => sending || (isEmpty && (effect === "resolve" || (effect === "close" && !isOver(form)) || (effect === "comment" && stage === undefined)));
  const send = (effect: Effect): void => {
    if (!disabled(effect)) handlers.sendReply(effect, text, stage);
  };
  const [first = "comment", ...others] = form.effects;
  const started = ui.drafts[replyFields.state];
  return html`<section class="reply" aria-labelledby="reply-title">
    <h2 id="reply-title">${labels.reply}</h2>
    ${!isEmpty && started === "open" && issue.state === "closed" ? html`<div class="banner warning" role="alert">${icon("warning")}<span>${labels.replyClosedMeanwhile}</span></div>` : nothing}
    ${ui.reply.kind === "refused" ? html`<div class="banner error" role="alert">${icon("error")}<span>${ui.reply.text}</span></div>` : nothing}
    <textarea id="reply" rows="4" aria-label=${labels.replyText} aria-describedby="reply-hint" placeholder=${labels.replyText} .value=${live(text)} ?readonly=${sending}
      @input=${(event: Event) => handlers.typeReply(valueOf(event), issue.state)}
      @keydown=${(event: KeyboardEvent) => {
        if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.isComposing) return;
        event.preventDefault();
        send("comment");
      }}></textarea>
    <p class="quiet hint" id="reply-hint">${labels.replyHint}${form.remaining === undefined ? nothing : html` ${form.remaining}`}${isEmpty && others.some((effect) => disabled(effect)) ? html` ${labels.replyNeedsText}` : nothing}</p>
    <div class="buttons">
      ${form.stages.length === 0 ? nothing : stages(issue, form, stage, labels, handlers)}
      ${repeat([first, ...others], (effect) => effect, (effect, index) => html`<vscode-button ?secondary=${index > 0} ?disabled=${disabled(effect)} aria-disabled=${disabled(effect) ? "true" : "false"} @click=${() => send(effect)}>${icon(effectIcons[effect], "content-before")}${effectLabel(effect, stage, labels)}</vscode-button>`)}
    </div>
    <p class="quiet" role="status">${sending ? html`${icon("sync")} ${labels.replySending}` : ui.reply.kind === "kept" ? ui.reply.text : ui.reply.kind === "sent" ? labels.replySent : nothing}</p>
  </section>`;
}

/** Whether the issue is resolved, so that closing it needs no resolution. */
function isOver({ effects }: ReplyForm): boolean {
  return !effects.includes("resolve") && !effects.includes("acknowledge") && effects.includes("close") && effects.length === 2;
}

function stages(issue: IssueHead, form: ReplyForm, stage: string | undefined, labels: IssueLabels, handlers: Handlers): TemplateResult {
  const current = issue.facts.find(({ name }) => name === labels.stage)?.value ?? "";
  return html`<label class="stage">${labels.replyStage} <select id="reply-stage" @change=${(event: Event) => handlers.chooseStage(valueOf(event))}>
    <option value="" ?selected=${stage === undefined}>${fill(labels.replyKeepStage, current)}</option>
    ${form.stages.map((name) => html`<option value=${name} ?selected=${name === stage}>${name}</option>`)}
  </select></label>`;
}

const effectIcons = { comment: "comment", acknowledge: "eye", resolve: "pass-filled", close: "pass" } as const;

function effectLabel(effect: Effect, stage: string | undefined, labels: IssueLabels): string {
  return { comment: stage === undefined ? labels.replyComment : labels.replyMove, acknowledge: labels.replyAcknowledge, resolve: labels.replyResolve, close: labels.replyClose }[effect];
}

/** What was typed for an issue that is not available any more. */
export function unsentReply(text: string, labels: IssueLabels, handlers: Handlers): TemplateResult {
  return html`<section class="reply" role="alert">
    <h2>${labels.replyUnsent}</h2>
    <p>${labels.replyUnsentText}</p>
    <textarea rows="4" readonly aria-label=${labels.replyUnsent} .value=${text}></textarea>
    <div class="buttons">
      <vscode-button @click=${() => handlers.copy(text)}>${icon("copy", "content-before")}${labels.copyText}</vscode-button>
      <vscode-button secondary @click=${() => handlers.discardReply()}>${labels.dismiss}</vscode-button>
    </div>
  </section>`;
}
