import { html, nothing, type TemplateResult } from "lit";
import { AsyncDirective, directive } from "lit/async-directive.js";
import type { IssueRef } from "../../core/model/issueRef";
import { type ContentBlock, type ContentImage, type ContentItem, type ContentList, contentStart, type ContentTable, type MarkdownContent, type MarkdownSpan, type MarkdownSpans } from "../../core/model/markdownBlocks";
import { assertNever } from "../../core/model/result";
import { fill } from "../../protocol/fill";
import type { MarkdownLabels } from "../../protocol/markdown";
import { drawInline, icon, linkButton } from "./elements";

export interface MarkdownView {
  readonly labels: MarkdownLabels;
  /** Called for links. The page never navigates. */
  readonly follow: (href: string) => void;
  /** Called for references such as `#12`. Without it, they are text. */
  readonly openIssue?: (ref: IssueRef) => void;
}

/** Renders the Markdown of an issue or a comment without HTML. The end of a long one is shown on request. */
export function renderMarkdown(content: MarkdownContent, view: MarkdownView): unknown {
  return foldable(content, view);
}

/** Characters of a text that is shown completely, and of the start of a longer one. */
const short = { whole: 6_000, start: 3_000 } as const;

/** Its state belongs to the place in the page, so that a new state of the panel does not fold the text. */
const foldable = directive(class extends AsyncDirective {
  unfolded = false;

  render(content: MarkdownContent, view: MarkdownView): TemplateResult {
    const fits = contentStart(content, short.whole).complete;
    const shown = fits || this.unfolded ? content : contentStart(content, short.start).blocks;
    const { showMore, showLess } = view.labels;
    return html`<div class="markdown" dir="auto">${drawBlocks(shown, view)}${fits ? nothing : html`<button type="button" class="small more" aria-expanded=${this.unfolded} @click=${() => {
      this.unfolded = !this.unfolded;
      this.setValue(this.render(content, view));
    }}>${this.unfolded ? showLess : showMore}</button>`}</div>`;
  }
});

function drawBlocks(blocks: MarkdownContent, view: MarkdownView): readonly TemplateResult[] {
  return blocks.map((block) => drawBlock(block, view));
}

function drawBlock(block: ContentBlock, view: MarkdownView): TemplateResult {
  const { labels } = view;
  switch (block.kind) {
    case "heading":
      // The page has its own first two levels.
      return html`<div class="heading level-${block.level}" role="heading" aria-level=${Math.min(block.level + 2, 6)}>${draw(block.spans, view)}</div>`;
    case "paragraph":
      return html`<p>${draw(block.spans, view)}</p>`;
    case "list":
      return drawList(block, view);
    case "code":
      return html`<pre tabindex="0" role="group" dir="ltr" aria-label=${block.language === "" ? labels.code : `${labels.code}: ${block.language}`}>${block.text}</pre>`;
    case "html":
      return html`<pre class="html" tabindex="0" role="group" dir="ltr" aria-label="HTML">${block.text}</pre>`;
    case "quote":
      return block.alert === undefined
        ? html`<blockquote>${drawBlocks(block.blocks, view)}</blockquote>`
        : html`<blockquote class="alert ${block.alert}"><p class="alert-title">${icon(alertIcons[block.alert])} ${labels[block.alert]}</p>${drawBlocks(block.blocks, view)}</blockquote>`;
    case "table":
      return drawTable(block, view);
    case "rule":
      return html`<hr>`;
    case "shortened":
      return html`<p class="quiet">${icon("ellipsis")} ${labels.shortened}</p>`;
    default:
      return assertNever(block);
  }
}

const alertIcons = { note: "info", tip: "lightbulb", important: "report", warning: "warning", caution: "error" } as const;

function drawList({ start, tight, items }: ContentList, view: MarkdownView): TemplateResult {
  const drawn = items.map((item) => drawItem(item, view));
  const shape = tight ? "tight" : "";
  return start === undefined ? html`<ul class=${shape}>${drawn}</ul>` : html`<ol class=${shape} start=${start}>${drawn}</ol>`;
}

function drawItem({ checked, blocks }: ContentItem, view: MarkdownView): TemplateResult {
  if (checked === undefined) return html`<li>${drawBlocks(blocks, view)}</li>`;
  const words = checked ? view.labels.done : view.labels.open;
  return html`<li class="task"><span class="codicon codicon-${checked ? "pass-filled" : "circle-large-outline"}" role="img" aria-label=${words} title=${words}></span><div>${drawBlocks(blocks, view)}</div></li>`;
}

function drawTable({ align, head, rows }: ContentTable, view: MarkdownView): TemplateResult {
  const alignment = (column: number): string => `align-${align[column] ?? "none"}`;
  return html`<div class="table" tabindex="0" role="group" aria-label=${view.labels.table}><table>
    <thead><tr>${head.map((cell, column) => html`<th scope="col" class=${alignment(column)}>${draw(cell, view)}</th>`)}</tr></thead>
    <tbody>${rows.map((row) => html`<tr>${row.map((cell, column) => html`<td class=${alignment(column)}>${draw(cell, view)}</td>`)}</tr>`)}</tbody>
  </table></div>`;
}

function draw(spans: MarkdownSpans, view: MarkdownView): readonly unknown[] {
  return spans.map((span) => drawSpan(span, view));
}

function drawSpan(span: MarkdownSpan, view: MarkdownView): unknown {
  switch (span.kind) {
    case "break":
      return html`<br>`;
    case "mention":
      return html`<bdi class="mention">@${span.login}</bdi>`;
    case "issue": {
      const { openIssue } = view;
      return openIssue === undefined ? span.text : linkButton(() => openIssue(span.ref), "", span.text);
    }
    case "image":
      return picture(span, view.labels);
    default:
      return drawInline(span, (spans) => draw(spans, view), view.follow);
  }
}

/** A picture. One from the web is loaded only after a click. Its state belongs to the place in the page, and to the address. */
const picture = directive(class extends AsyncDirective {
  loaded = "";
  failed = "";

  render(image: ContentImage, labels: MarkdownLabels): TemplateResult {
    const { address, source } = image;
    const alt = image.alt === "" ? labels.image : image.alt;
    if (this.failed === address) return html`<span class="quiet">${icon("warning")} ${fill(labels.imageFailed, alt)}</span>`;
    const change = (now: { loaded?: string; failed?: string }): void => {
      Object.assign(this, now);
      this.setValue(this.render(image, labels));
    };
    return source === "file" || this.loaded === address
      ? html`<img src=${address} alt=${alt} loading="lazy" referrerpolicy="no-referrer" @error=${() => change({ failed: address })}>`
      : html`<button type="button" class="small" title=${address} @click=${() => change({ loaded: address })}>${icon("file-media")} ${fill(labels.loadImage, URL.canParse(address) ? new URL(address).host : address, alt)}</button>`;
  }
});
