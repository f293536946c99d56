import { html, nothing, type TemplateResult } from "lit";
import { assertNever } from "../../core/model/result";
import { fill } from "../../protocol/fill";
import type { AudienceUpdate, IssueContent, IssueHead, IssueState } from "../../protocol/issue";
import { icon } from "../shared/elements";
import { type MarkdownView, renderMarkdown } from "../shared/markdown";
import { relativeTime } from "../shared/times";
import { checklistOf, noChecklist, tabs } from "./checklist";
import { replyForm, unsentReply } from "./form";
import { dueTime, head } from "./head";
import { bannerLine, buttonRow, chips, foldable, type Handlers, mainButtons, type PageTime, replyFields, type Ui } from "./parts";
import { timelineSection } from "./timeline";

/** The whole page. */
export function issueView(state: IssueState, ui: Ui, time: PageTime, handlers: Handlers): TemplateResult {
  const { labels } = state;
  const silent = ui.silent === 0 ? [] : [{ tone: "warning" as const, text: fill(labels.silent, ui.silent), details: [], buttons: [] }];
  return html`
    <main>
      ${[...silent, ...state.banners].map((banner) => bannerLine(banner, handlers))}
      ${contentOf(state, state.content, ui, time, handlers)}
    </main>
    <div class="unseen" role="status" aria-live="polite">${ui.announcement}</div>`;
}

function contentOf(state: IssueState, content: IssueContent, ui: Ui, time: PageTime, handlers: Handlers): TemplateResult {
  const { labels } = state;
  switch (content.kind) {
    case "loading":
      return html`<p class="quiet" role="status">${labels.loading}</p>`;
    case "unavailable": {
      const text = ui.drafts[replyFields.text] ?? "";
      return html`<section class="empty"><h1 tabindex="-1">${content.title}</h1><p>${content.text}</p>${mainButtons(content.buttons, labels.issueActions, handlers, "primary")}</section>
        ${text.trim() === "" ? nothing : unsentReply(text, labels, handlers)}`;
    }
    case "issue": {
      const { issue, run } = content;
      const markdown: MarkdownView = {
        labels: state.markdown,
        follow: (href) => handlers.act({ kind: "openLink", href, runbook: issue.path }),
        openIssue: (ref) => handlers.act({ kind: "openIssue", ref }),
      };
      return html`
        ${head(issue, run, state, ui, time, handlers)}
        <div class="columns">
          <div class="lead">
            ${foldable("description", labels.description, undefined, ui, handlers, () => (issue.description.length === 0 ? html`<p class="quiet">${labels.noDescription}</p>` : renderMarkdown(issue.description, markdown)))}
            <div id="checklist">
              ${run === undefined
                ? noChecklist(state, handlers)
                : foldable("checklist", run.title, undefined, ui, handlers, () => html`${tabs(content.checklists, run, state, handlers)}${checklistOf(run, { state, checklist: run, ui, handlers })}`)}
            </div>
          </div>
          ${side(issue, state, ui, time, handlers)}
          <div class="story">
            ${timelineSection(issue, state, ui, time, markdown, handlers)}
            ${issue.reply === undefined ? nothing : replyForm(issue, issue.reply, state, ui, handlers)}
          </div>
        </div>`;
    }
    default:
      return assertNever(content);
  }
}

/** How many linked issues are shown at first. */
const someLinks = 8;

/** Updates for audiences, linked issues, pull requests and the post-mortem. */
function side(issue: IssueHead, state: IssueState, ui: Ui, time: PageTime, handlers: Handlers): TemplateResult {
  const { labels } = state;
  const { links, pullRequests, updates, postmortem } = issue;
  const shown = ui.allLinks ? links : links.slice(0, someLinks);
  return html`<div class="side-column">
    ${updates.length === 0 ? nothing : foldable("updates", labels.updates, undefined, ui, handlers, () => html`<ul class="bare">${updates.map((update) => audience(update, state, time))}</ul>`)}
    ${foldable("links", labels.linkedIssues, links.length, ui, handlers, () => html`
      ${links.length === 0 ? html`<p class="quiet">${labels.noLinks}</p>` : chips(shown, labels, handlers)}
      ${shown.length === links.length ? nothing : html`<button type="button" class="small" @click=${() => handlers.showAllLinks()}>${fill(labels.showAllLinks, links.length)}</button>`}
      ${postmortem === undefined ? nothing : buttonRow([postmortem], labels.postmortem, handlers)}`)}
    ${pullRequests.length === 0
      ? nothing
      : foldable("pulls", labels.pullRequests, pullRequests.length, ui, handlers, () => html`<ul class="chips" aria-label=${labels.pullRequests}>${pullRequests.map((pull) => html`<li>
          <button type="button" class="chip" role="link" title=${pull.url} @click=${() => handlers.act({ kind: "openLink", href: pull.url, runbook: "" })}>
            ${icon(pullIcons[pull.state])} <span class="reference">${pull.reference}</span> <span class="title"><bdi>${pull.title}</bdi></span>
            <span class="quiet">${{ open: labels.open, draft: labels.draft, merged: labels.merged, closed: labels.closed }[pull.state]}</span>
          </button></li>`)}</ul>`)}
  </div>`;
}

const pullIcons = { open: "git-pull-request", draft: "git-pull-request-draft", merged: "git-merge", closed: "git-pull-request-closed" } as const;

function audience({ audience: name, at, by, next, promised, waiting }: AudienceUpdate, { labels, language }: IssueState, time: PageTime): TemplateResult {
  return html`<li class="audience"><strong><bdi>${name}</bdi></strong>
    <div class="quiet">${waiting === true ? html`${icon("sync")} ${labels.updateWaiting}${at === undefined ? nothing : html`<br>`}` : nothing}${at === undefined
      ? waiting === true ? nothing : labels.updateNever
      : html`<span title=${time.zone.full(at)}>${fill(labels.updateSent, relativeTime(at, time.now, language), by ?? labels.somebody)}</span>`}${next === undefined
      ? nothing
      : html`<br>${dueTime(next, time, promised === true ? labels : undefined)}`}</div>
  </li>`;
}
