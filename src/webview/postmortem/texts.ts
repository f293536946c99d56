import { html, nothing, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import type { OwnSection, PostmortemText } from "../../core/postmortem/postmortem";
import { icon, valueOf } from "../shared/elements";
import { questionBlock } from "./advice";
import { impactTable } from "./impact";
import type { SectionInput } from "./parts";

/** A section that consists of one text, with a hint about its content. The impact also has figures. */
export function textSection(name: PostmortemText, input: SectionInput): TemplateResult {
  const { content, labels, readonly, handlers } = input;
  const blameless = content.blameless[name];
  return html`<section>
    <h2><label for="text-${name}">${labels[name]}</label></h2>
    <p class="hint quiet" id="hint-${name}">${labels[`${name}Hint`]}</p>
    ${questionBlock(name, input)}
    ${name === "impact" ? impactTable(input) : nothing}
    <textarea id="text-${name}" rows="2" aria-describedby="hint-${name}${blameless === undefined ? "" : ` blameless-${name}`}" ?readonly=${readonly} .value=${live(content.postmortem.texts[name])}
      @input=${(event: Event) => handlers.edit({ kind: "text", text: name, value: valueOf(event) })}></textarea>
    ${blameless === undefined ? nothing : html`<p class="note quiet" id="blameless-${name}">${icon("lightbulb")} <span>${blameless}</span></p>`}
  </section>`;
}

/** A custom section of the file. */
export function ownSection({ id, heading, text }: OwnSection, index: number, { labels, readonly, handlers }: SectionInput): TemplateResult {
  return html`<section>
    <h2><label for="own-${index}"><bdi>${heading}</bdi></label></h2>
    <p class="hint quiet" id="own-hint-${index}">${labels.ownHint}</p>
    <textarea id="own-${index}" rows="2" aria-describedby="own-hint-${index}" ?readonly=${readonly} .value=${live(text)} @input=${(event: Event) => handlers.edit({ kind: "own", id, value: valueOf(event) })}></textarea>
  </section>`;
}
