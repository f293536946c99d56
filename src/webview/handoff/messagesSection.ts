import { html, nothing, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import { repeat } from "lit/directives/repeat.js";
import { isOneAddress, mailto } from "../../core/handoff/mailto";
import { refKey } from "../../core/issue/issueRef";
import { fill } from "../../protocol/fill";
import { icon } from "../shared/icon";
import { valueOf } from "../shared/valueOf";
import { field, type FilledItem } from "./filledForm";
import { customerMessage, pairAddresses, pairMessage, reporterAddress } from "./messages";
import type { SectionInput } from "./ui";

/** Messages to be sent by hand: one to those who take over, and one to each customer alone. */
export function messagesSection(input: SectionInput): TemplateResult {
  const { state: { words }, content, form, drafts } = input;
  const addressOf = (item: FilledItem): string => (drafts[item.fields.to] ?? reporterAddress(item, content.people)).trim();
  const pair = pairMessage(form, content, words, addressOf);
  const pairBody = drafts[field.pair] ?? pair.body;
  return html`<section aria-labelledby="messages-heading">
    <h2 id="messages-heading">${words.messages}</h2>
    <p class="hint quiet">${words.messagesHint}</p>
    <details class="message">
      <summary>${words.pairMessage}</summary>
      ${messageText({ name: field.pair, about: words.pairMessage, body: pairBody, link: mailto(pairAddresses(form, content), pair.subject, pairBody) }, input)}
    </details>
    ${repeat(form.items.filter(({ taken }) => taken), ({ ref }) => refKey(ref), (item) => customer(item, addressOf(item), input))}
  </section>`;
}

function customer(item: FilledItem, address: string, input: SectionInput): TemplateResult {
  const { state: { words }, content, form, drafts, hands } = input;
  const { fields } = item;
  const message = customerMessage(item, form, content, words);
  const body = drafts[fields.message] ?? message.body;
  const about = fill(words.customerMessage, item.reference, item.title);
  const wrong = address !== "" && !isOneAddress(address);
  const help = `help-${fields.to}`;
  return html`<details class="message">
    <summary>${about}</summary>
    <div class="fields">
      <label>${words.to}
        <input id=${fields.to} type="text" inputmode="email" autocomplete="off" placeholder=${words.toHint} aria-invalid=${wrong ? "true" : "false"} aria-describedby=${help}
          .value=${live(drafts[fields.to] ?? address)} @input=${(event: Event) => hands.write(fields.to, valueOf(event))}>
      </label>
    </div>
    <p id=${help} role="alert" class=${wrong ? "needs" : "quiet"}>${wrong ? words.oneAddress : fill(words.reporter, item.reporter)}</p>
    ${messageText({ name: fields.message, about, body, link: wrong || address === "" ? undefined : mailto([address], message.subject, body) }, input)}
  </details>`;
}

interface MessageText {
  readonly name: string;
  readonly about: string;
  readonly body: string;
  readonly link: string | undefined;
}

function messageText({ name, about, body, link }: MessageText, { state: { words }, ui, hands }: SectionInput): TemplateResult {
  return html`
    <textarea id=${name} rows="4" aria-label="${words.text}: ${about}" .value=${live(body)} @input=${(event: Event) => hands.write(name, valueOf(event))}></textarea>
    <p class="buttons">
      ${link === undefined ? nothing : html`<a class="small" href=${link} aria-label=${fill(words.mailOf, about)}>${icon("mail")}${words.mail}</a>`}
      <button type="button" class="small" aria-label=${fill(words.copyOf, about)} @click=${() => hands.copy(name, body)}>${icon("copy")}${words.copy}</button>
      <span class="quiet" role="status">${ui.copied === name ? words.copied : nothing}</span>
    </p>`;
}
