import { html, nothing, type TemplateResult } from "lit";
import { assertNever } from "../../core/model/result";
import type { IssueContent, IssueState } from "../../protocol/issue";
import { fill } from "../../protocol/fill";
import { type MarkdownView, renderMarkdown } from "../shared/markdown";
import { checklistOf, noChecklist, tabs } from "./checklist";
import { replyForm, unsentReply } from "./form";
import { head } from "./head";
import { bannerLine, foldable, type Handlers, mainButtons, type PageTime, replyFields, type Ui } from "./parts";
import { side } from "./side";
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
