import { html, nothing, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import { repeat } from "lit/directives/repeat.js";
import { isOneAddress, mailto } from "../../core/handoff/mailto";
import { inertText } from "../../core/markup/inertText";
import { refKey } from "../../core/model/issueRef";
import { sameLogin } from "../../core/model/names";
import { fill } from "../../protocol/fill";
import type { Contact, HandoffLabels, HandoffView } from "../../protocol/handoff";
import { icon, valueOf } from "../shared/elements";
import { field, type FilledForm, type FilledItem, loginsIn, type SectionInput } from "./form";

/** The initial text of a message. */
interface Message {
  readonly subject: string;
  readonly body: string;
}

/** The message to one customer. It contains only their own issue. */
export function customerMessage(item: FilledItem, form: FilledForm, content: HandoffView, labels: HandoffLabels): Message {
  const incoming = contactOf(form.incoming, content.people);
  const reach = [incoming.email, incoming.phone].filter((part) => part !== "").join(", ");
  const body = [
    fill(labels.customerBody, content.to, nameOf(incoming), inertText(item.name), item.reference, item.status),
    ...(item.next.trim() === "" ? [] : [fill(labels.customerNext, item.next.trim())]),
    ...(reach === "" ? [] : [fill(labels.customerContact, nameOf(incoming), reach)]),
    fill(labels.customerEnd, nameOf(contactOf(content.outgoing, content.people))),
  ];
  return { subject: fill(labels.customerSubject, item.name, item.reference, nameOf(incoming)), body: body.join("\n\n") };
}

/** The message to the incoming people: what is open, and how to reach everyone. */
export function pairMessage(form: FilledForm, content: HandoffView, labels: HandoffLabels, addressOf: (item: FilledItem) => string): Message {
  const pair = pairOf(form).map((login) => contactOf(login, content.people));
  const outgoing = contactOf(content.outgoing, content.people);
  const taken = form.items.filter((item) => item.taken);
  const customers = taken.flatMap((item) => [addressOf(item), item.reporter].filter((part) => part !== "").slice(0, 1).map((customer) => `- ${item.reference}: ${customer}`));
  const everybody = [...pair, ...(pair.some(({ login }) => login === outgoing.login) ? [] : [outgoing])];
  const body = [
    fill(labels.pairBody, pair.map(nameOf).join(", "), nameOf(outgoing), content.to),
    ...(content.stage.kind === "waiting" ? [fill(labels.pairHandoff, content.stage.reference)] : []),
    ...(form.felt.trim() === "" ? [] : [form.felt.trim()]),
    taken.length === 0 ? labels.pairNothing : [labels.pairItems, ...taken.map((item) => `- ${item.reference} ${inertText(item.title)}${item.next.trim() === "" ? "" : `: ${item.next.trim()}`}`)].join("\n"),
    [labels.pairContacts, ...everybody.map((person) => `- ${[nameOf(person), person.email, person.phone].filter((part) => part !== "").join(", ")}`)].join("\n"),
    ...(customers.length === 0 ? [] : [[labels.pairCustomers, ...customers].join("\n")]),
  ];
  return { subject: fill(labels.pairSubject, nameOf(outgoing), pair.map(nameOf).join(", "), content.to), body: body.join("\n\n") };
}

/** The known email addresses of the incoming people. */
export function pairAddresses(form: FilledForm, content: HandoffView): readonly string[] {
  return pairOf(form).flatMap((login) => content.people.flatMap((person) => (sameLogin(person.login, login) && person.email !== "" ? [person.email] : [])));
}

/** The address of the person who filed the issue; empty if the desk does not have it. */
export function reporterAddress(item: FilledItem, people: readonly Contact[]): string {
  return contactOf(item.reporter, people).email;
}

function pairOf(form: FilledForm): readonly string[] {
  return [...new Set([form.incoming.trim(), ...loginsIn(form.beside)])].filter((login) => login !== "");
}

function contactOf(login: string, people: readonly Contact[]): Contact {
  return people.find((person) => sameLogin(person.login, login.trim())) ?? { login: login.trim(), name: "", email: "", phone: "" };
}

function nameOf({ login, name }: Contact): string {
  return name === "" ? login : name;
}

/** Messages to send manually: one to the incoming people, and a separate one to each customer. */
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
  const { state: { labels }, content, form, drafts, handlers } = input;
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
          .value=${live(drafts[fields.to] ?? address)} @input=${(event: Event) => handlers.write(fields.to, valueOf(event))}>
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

function messageText({ name, about, body, link }: MessageText, { state: { labels }, ui, handlers }: SectionInput): TemplateResult {
  return html`
    <textarea id=${name} rows="4" aria-label="${labels.text}: ${about}" .value=${live(body)} @input=${(event: Event) => handlers.write(name, valueOf(event))}></textarea>
    <p class="buttons">
      ${link === undefined ? nothing : html`<a class="small" href=${link} aria-label=${fill(labels.mailOf, about)}>${icon("mail")}${labels.mail}</a>`}
      <button type="button" class="small" aria-label=${fill(labels.copyOf, about)} @click=${() => handlers.copy(name, body)}>${icon("copy")}${labels.copy}</button>
      <span class="quiet" role="status">${ui.copied === name ? labels.copied : nothing}</span>
    </p>`;
}
