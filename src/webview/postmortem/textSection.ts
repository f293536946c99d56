import { html, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import type { PostmortemText } from "../../core/postmortem/postmortem";
import type { SectionInput } from "./sectionInput";
import { valueOf } from "../shared/valueOf";

/** A section that is one text, with what belongs into it. */
export function textSection(name: PostmortemText, { content, labels, readonly, hands }: SectionInput): TemplateResult {
  return html`<section>
    <h2><label for="text-${name}">${labels[name]}</label></h2>
    <p class="hint quiet" id="hint-${name}">${labels[`${name}Hint`]}</p>
    <textarea id="text-${name}" rows="2" aria-describedby="hint-${name}" ?readonly=${readonly} .value=${live(content.postmortem.texts[name])}
      @input=${(event: Event) => hands.edit({ kind: "text", text: name, value: valueOf(event) })}></textarea>
  </section>`;
}
