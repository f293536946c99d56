import { sameLogin } from "../../core/desk/sameLogin";
import type { Contact, HandoffView, HandoffLabels } from "../../protocol/handoff";
import { fill } from "../../protocol/fill";
import { loginsIn, type FilledForm, type FilledItem } from "./filledForm";

/** A message as it begins; a person may write another one. */
export interface Message {
  readonly subject: string;
  readonly body: string;
}

/** What one customer is told of their issue, and nobody else's. */
export function customerMessage(item: FilledItem, form: FilledForm, content: HandoffView, labels: HandoffLabels): Message {
  const incoming = contactOf(form.incoming, content.people);
  const reach = [incoming.email, incoming.phone].filter((part) => part !== "").join(", ");
  const body = [
    fill(labels.customerBody, content.to, nameOf(incoming), item.name, item.reference, item.status),
    ...(item.next.trim() === "" ? [] : [fill(labels.customerNext, item.next.trim())]),
    ...(reach === "" ? [] : [fill(labels.customerContact, nameOf(incoming), reach)]),
    fill(labels.customerEnd, nameOf(contactOf(content.outgoing, content.people))),
  ];
  return { subject: fill(labels.customerSubject, item.name, item.reference, nameOf(incoming)), body: body.join("\n\n") };
}

/** What those who take over are told: what is open, and how to reach everybody. */
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
    taken.length === 0 ? labels.pairNothing : [labels.pairItems, ...taken.map((item) => `- ${item.reference} ${item.title}${item.next.trim() === "" ? "" : `: ${item.next.trim()}`}`)].join("\n"),
    [labels.pairContacts, ...everybody.map((person) => `- ${[nameOf(person), person.email, person.phone].filter((part) => part !== "").join(", ")}`)].join("\n"),
    ...(customers.length === 0 ? [] : [[labels.pairCustomers, ...customers].join("\n")]),
  ];
  return { subject: fill(labels.pairSubject, nameOf(outgoing), pair.map(nameOf).join(", "), content.to), body: body.join("\n\n") };
}

/** The e-mail addresses of those who take over, as far as they are known. */
export function pairAddresses(form: FilledForm, content: HandoffView): readonly string[] {
  return pairOf(form).flatMap((login) => content.people.flatMap((person) => (sameLogin(person.login, login) && person.email !== "" ? [person.email] : [])));
}

/** The address that the desk knows for the person who filed the issue; empty where it knows none. */
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
