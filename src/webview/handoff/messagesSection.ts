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
  const { state: { labels }, content, form, drafts } = input;
  const addressOf = (item: FilledItem): string => (drafts[item.fields.to] ?? reporterAddress(item, content.people)).trim();
  const pair = pairMessage(form, content, labels, addressOf);
  const pairBody = drafts[field.pair] ?? pair.body;
  return html`<section aria-labelledby="messages-heading">
    <h2 id="messages-heading">${labels.messages}</h2>
    <p class="hint quiet">${labels.messagesHint}</p>
    <details class="message">
      <summary>${labels.pairMessage}</summary>
      ${messageText({ name: field.pair, about: labels.pairMessage, body: pairBody, link: mailto(pairAddresses(form, content), pair.subject, pairBody) }, input)}
    </details>
    ${repeat(form.items.filter(({ taken }) => taken), ({ ref }) => refKey(ref), (item) => customer(item, addressOf(item), input))}
  </section>`;
}

function customer(item: FilledItem, address: string, input: SectionInput): TemplateResult {
  const { state: { labels }, content, form, drafts, hands } = input;
  const { fields } = item;
  const message = customerMessage(item, form, content, labels);
  const body = drafts[fields.message] ?? message.body;
  const about = fill(labels.customerMessage, item.reference, item.title);
  const wrong = address !== "" && !isOneAddress(address);
  const help = `help-${fields.to}`;
  return html`<details class="message">
    <summary>${about}</summary>
    <div class="fields">
      <label>${labels.to}
        <input id=${fields.to} type="text" inputmode="email" autocomplete="off" placeholder=${labels.toHint} aria-invalid=${wrong ? "true" : "false"} aria-describedby=${help}
          .value=${live(drafts[fields.to] ?? address)} @input=${(event: Event) => hands.write(fields.to, valueOf(event))}>
      </label>
    </div>
    <p id=${help} role="alert" class=${wrong ? "needs" : "quiet"}>${wrong ? labels.oneAddress : fill(labels.reporter, item.reporter)}</p>
    ${messageText({ name: fields.message, about, body, link: wrong || address === "" ? undefined : mailto([address], message.subject, body) }, input)}
  </details>`;
}

interface MessageText {
  readonly name: string;
  readonly about: string;
  readonly body: string;
  readonly link: string | undefined;
}

function messageText({ name, about, body, link }: MessageText, { state: { labels }, ui, hands }: SectionInput): TemplateResult {
  return html`
    <textarea id=${name} rows="4" aria-label="${labels.text}: ${about}" .value=${live(body)} @input=${(event: Event) => hands.write(name, valueOf(event))}></textarea>
    <p class="buttons">
      ${link === undefined ? nothing : html`<a class="small" href=${link} aria-label=${fill(labels.mailOf, about)}>${icon("mail")}${labels.mail}</a>`}
      <button type="button" class="small" aria-label=${fill(labels.copyOf, about)} @click=${() => hands.copy(name, body)}>${icon("copy")}${labels.copy}</button>
      <span class="quiet" role="status">${ui.copied === name ? labels.copied : nothing}</span>
    </p>`;
}
