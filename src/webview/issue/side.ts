import { html, nothing, type TemplateResult } from "lit";
import type { AudienceUpdate, IssueHead, IssueState } from "../../protocol/issue";
import { fill } from "../../protocol/fill";
import { icon } from "../shared/elements";
import { relativeTime } from "../shared/times";
import { dueTime } from "./head";
import { buttonRow, chips, foldable, type Handlers, type PageTime, type Ui } from "./parts";

/** How many linked issues are shown at first. */
const someLinks = 8;

/** Updates for audiences, linked issues, pull requests and the post-mortem. */
export function side(issue: IssueHead, state: IssueState, ui: Ui, time: PageTime, handlers: Handlers): TemplateResult {
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
