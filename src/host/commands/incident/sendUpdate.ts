import * as v from "valibot";
import * as vscode from "vscode";
import { waitingAudiences } from "../../../core/incident/delivery";
import { uninformedAudiences } from "../../../core/incident/ending";
import { incidentState } from "../../../core/incident/incidentState";
import { timeline } from "../../../core/incident/timeline";
import { regularUpdate } from "../../../core/incident/updates";
import { draftUpdate, maxUpdate } from "../../../core/incident/updateText";
import { wallTimeOf } from "../../../core/calendar/localTime";
import { promisedTime } from "../../../core/incident/promisedTime";
import { compareInstants } from "../../../core/model/instant";
import type { Instant, Issue } from "../../../core/model/issue";
import { hasName, sameName } from "../../../core/model/names";
import { parseData } from "../../../core/model/parseData";
import { updateUrgencies } from "../../../core/response/urgency";
import type { DeskSession } from "../../app/session";
import { showDialog } from "../../ui/dialog";
import { describeFailure } from "../../ui/failureMessages";
import { timeFormat } from "../../ui/format";
import { type Answer, type FlowStep, next, promptAll } from "../../ui/inputFlow";
import { type Choice, enterText, pickMany } from "../../ui/quickPick";
import { plainLabel } from "../../ui/safeText";
import { formatUrgency } from "../../ui/urgencyLabels";
import type { CommandEnd, DeskTools } from "../input/command";
import { chooseKnownIssue, isOpen, shortReference } from "../input/pickIssue";
import { describeRecipient, missingAddress, type Recipient, recipientsOf, sendTo } from "./updateRecipients";

/** The answers so far. */
interface UpdateState {
  readonly recipients: readonly Recipient[];
  /** The promised time of the next update. Absent if none is promised. */
  readonly promised?: Instant;
}

/**
 * Sends an update to audiences: asks who receives it how and when the next one follows, opens a draft, and sends it after the user
 * has seen everything once more. A row or page can name the issue and the `audiences` that are selected initially.
 */
export async function sendUpdate(tools: DeskTools, [argument]: readonly unknown[]): Promise<CommandEnd> {
  const { session } = tools;
  const t = vscode.l10n.t;
  const chosen = await chooseKnownIssue(session, argument, { title: t("Send update"), placeholder: t("Select the issue that the update is about"), suits: isOpen });
  if (chosen?.kind !== "ok") return chosen;
  const { issue } = chosen.value;
  const title = t("Send update on {0}", plainLabel(`${shortReference(session, issue.ref)} ${issue.title}`).slice(0, 80));
  const named = parseData(v.object({ audiences: v.array(v.string()) }), argument)?.audiences;
  const state = await promptAll<UpdateState>(title, { recipients: [] }, [
    {
      applies: () => session.desk.config().audiences.length > 0,
      ask: async (now, flowStep) => mapAnswer(await askRecipients(session, issue, named, now.recipients, flowStep), (recipients) => ({ recipients })),
    },
    {
      applies: () => !hasEnded(session, issue),
      ask: async (now, flowStep) => mapAnswer(await askPromise(session, issue, now, flowStep), (promised) => ({ recipients: now.recipients, ...(promised === undefined ? {} : { promised }) })),
    },
  ]);
  if (state === undefined) return undefined;
  const withRecipients: UpdateState = state.recipients.length === 0 ? { ...state, recipients: [{ means: "copy" }] } : state;
  return writeAndSend(tools, issue, withRecipients);
}

function mapAnswer<A, B>(answer: Answer<A>, map: (value: A) => B): Answer<B> {
  return answer.kind === "next" ? next(map(answer.value)) : answer;
}

function hasEnded(session: DeskSession, issue: Issue): boolean {
  const { phase } = incidentState(session.desk.config(), issue);
  return phase === "resolved" || phase === "cancelled" || phase === "closed";
}

/** Asks who receives the update, and how. Initially, audiences whose update is due soon are selected, or at the end those that do not know of it. */
function askRecipients(session: DeskSession, issue: Issue, named: readonly string[] | undefined, before: readonly Recipient[], flowStep: FlowStep): Promise<Answer<readonly Recipient[]>> {
  const t = vscode.l10n.t;
  const { audiences, timezone } = session.desk.config();
  const now = session.clock.now();
  const times = timeFormat(now, timezone, vscode.env.language);
  const urgencies = updateUrgencies(session.clocks.clockOf(issue), session.clocks.time(), now);
  const urgent = urgencies.filter(({ state }) => state !== "later").flatMap(({ audience }) => audience ?? []);
  const waiting = hasEnded(session, issue) ? uninformed(session, issue) : urgent;
  const [only, ...others] = audiences;
  const selected = named ?? (waiting.length === 0 && only !== undefined && others.length === 0 ? [only.name] : waiting);
  const unconfirmed = waitingAudiences(issue.ref, session.pending.operations(), session.deliveries.waiting());
  const choices = audiences.flatMap((audience) => {
    const urgency = urgencies.find((each) => each.audience === audience.name);
    return recipientsOf(audience).map((recipient, index): Choice<Recipient> => ({
      ...describeRecipient(recipient),
      value: recipient,
      picked: before.length > 0 ? before.some((one) => one.audience === audience && one.means === recipient.means) : index === 0 && hasName(selected, audience.name),
      ...(index > 0 ? {} : { heading: [urgency === undefined ? plainLabel(audience.name) : formatUrgency(t, urgency, times), hasName(unconfirmed, audience.name) ? t("an update is not confirmed yet") : ""].filter((part) => part !== "").join(" · ") }),
    }));
  });
  return pickMany({
    flowStep,
    placeholder: t("Who receives the update, and how? It is also added as a comment"),
    choices,
    refuse: (all) => (all.length === 0 ? t("Select at least one") : undefined),
  });
}

/** The audiences that do not know how the incident ended. */
function uninformed(session: DeskSession, issue: Issue): readonly string[] {
  const desk = session.desk.config();
  return uninformedAudiences(desk, session.issues.factsOf(issue), incidentState(desk, issue)).map(({ audience }) => audience);
}

/** Asks when the next update follows. The cadence gives the default. */
async function askPromise(session: DeskSession, issue: Issue, { recipients, promised }: UpdateState, flowStep: FlowStep): Promise<Answer<Instant | undefined>> {
  const t = vscode.l10n.t;
  const { timezone } = session.desk.config();
  const now = session.clock.now();
  const regular = regularUpdate(session.clocks.updateRules(issue), recipients.flatMap(({ audience }) => audience ?? []), session.issues.factsOf(issue).priority, now);
  const answer = await enterText({
    flowStep,
    prompt: t("When do they receive the next update? Enter a time in {0} or from now: 15:00, 2026-11-25 09:00, 30m, 2h. Leave it empty to promise nothing", timezone),
    value: typedTime(promised ?? regular, now, timezone),
    refuse: (typed) => {
      const at = typed === "" ? undefined : promisedTime(typed, session.clock.now(), timezone);
      if (at === undefined || at.kind === "ok") return undefined;
      return at.failure === "past" ? t("This time is in the past.") : t("Use the form 15:00, 2026-11-25 09:00, 30m or 2h.");
    },
  });
  return mapAnswer(answer, (typed) => {
    const at = typed === "" ? undefined : promisedTime(typed, session.clock.now(), timezone);
    return at?.kind === "ok" ? at.value : undefined;
  });
}

/** An instant as a person types it: `15:00` today, otherwise with the date. */
function typedTime(at: Instant | undefined, now: Instant, timezone: string): string {
  if (at === undefined) return "";
  const [date = "", time = ""] = wallTimeOf(at, timezone).slice(0, 16).split("T");
  return wallTimeOf(now, timezone).startsWith(date) ? time : `${date} ${time}`;
}

/** Opens the draft, shows what is sent to whom, and sends it. What was typed is kept until it is sent or the user discards it. */
async function writeAndSend(tools: DeskTools, issue: Issue, asked: UpdateState): Promise<CommandEnd> {
  const { session } = tools;
  const started = session.clock.now();
  let state = asked;
  let text = await draft(tools, issue, state);
  for (;;) {
    const written = await tools.editors.write(text);
    if (written === undefined) return undefined;
    text = written.trim();
    const problem = textProblem(text);
    const answer = problem === undefined ? await confirm(tools, issue, state, text, started) : await offerText(problem, text);
    if (answer === "edit") continue;
    if (answer === undefined) return undefined;
    const { end, left } = await sendTo(tools, { issue, ...state, text });
    if (end?.kind !== "failed" || left.length === 0) return end;
    state = { ...state, recipients: left };
    if ((await offerText(describeFailure(end.failure).message, text)) === undefined) return undefined;
  }
}

async function draft(tools: DeskTools, issue: Issue, { recipients, promised }: UpdateState): Promise<string> {
  const { session } = tools;
  const desk = session.desk.config();
  const state = incidentState(desk, issue);
  const facts = session.issues.factsOf(issue);
  const events = await tools.working(vscode.l10n.t("Reading the timeline…"), session.store.tracker.timeline(issue.ref));
  const audiences = recipients.flatMap(({ audience }) => audience ?? []);
  const since = lastReceived(audiences.map(({ name }) => name), state.updates);
  return draftUpdate({
    issue, facts, state,
    internal: audiences.length > 0 && audiences.every(({ isInternal }) => isInternal),
    timeline: timeline(issue, events?.kind === "ok" ? events.value : [], facts.checklists),
    ...(since === undefined ? {} : { since }),
    ...(promised === undefined ? {} : { next: promised }),
    now: session.clock.now(),
    timezone: desk.timezone,
  });
}

/** When the audience that waits longest received its last update. Absent if one received none. */
function lastReceived(audiences: readonly string[], updates: readonly { readonly audience: string; readonly at: Instant }[]): Instant | undefined {
  const times = audiences.map((name) => updates.find(({ audience }) => sameName(audience, name))?.at);
  return times.includes(undefined) ? undefined : times.toSorted(compareInstants)[0];
}

function textProblem(text: string): string | undefined {
  const t = vscode.l10n.t;
  if (text === "") return t("An update cannot be empty.");
  return text.length > maxUpdate ? t("This update has {0} characters. It can have at most {1}.", text.length, maxUpdate) : undefined;
}

/** Shows who receives what and how. Asks for addresses of webhooks that this machine does not have. */
async function confirm(tools: DeskTools, issue: Issue, state: UpdateState, text: string, started: Instant): Promise<"send" | "edit" | undefined> {
  const { session } = tools;
  const t = vscode.l10n.t;
  if (await missingAddress(session, state.recipients)) return offerText(t("The update was not sent. The webhook has no address."), text);
  const current = session.issues.find(issue.ref);
  const reference = shortReference(session, issue.ref);
  if (current === undefined) return offerText(t("{0} was not found. It may have been deleted or moved. The update was not sent.", reference), text);
  const desk = session.desk.config();
  const format = timeFormat(session.clock.now(), desk.timezone, vscode.env.language).full;
  const names = state.recipients.flatMap(({ audience }) => audience?.name ?? []);
  const others = incidentState(desk, current).updates.filter(({ audience, at }) => hasName(names, audience) && compareInstants(at, started) >= 0);
  const detail = [
    [
      ...state.recipients.map((recipient) => (recipient.audience === undefined ? describeRecipient(recipient).label : `${plainLabel(recipient.audience.name)}: ${describeRecipient(recipient).label}`)),
      t("Comment on {0}", reference),
      ...(state.promised === undefined ? [] : [t("Next update: {0}", format(state.promised))]),
    ].map((line) => `• ${line.replace(/\$\([a-z-]+\) /g, "")}`).join("\n"),
    ...others.map(({ audience, at, by }) => t("{0} already sent an update to {1} at {2}.", plainLabel(by), plainLabel(audience), format(at))),
    ...(issue.state === "open" && current.state === "closed" ? [t("{0} was closed in the meantime.", reference)] : []),
    text.length > maxShown ? `${text.slice(0, maxShown)}…` : text,
  ].join("\n\n");
  const [send, edit] = [t("Send"), t("Edit")];
  const answer = await showDialog("information", t("Send this update?"), detail, send, edit);
  if (answer === edit) return "edit";
  return answer === send ? "send" : offerText(t("The update was not sent."), text);
}

const maxShown = 1500;

/** Offers to continue with a text that was not sent. */
async function offerText(message: string, text: string): Promise<"edit" | undefined> {
  const t = vscode.l10n.t;
  const [edit, copy] = [t("Edit Again"), t("Copy Text")];
  const answer = await vscode.window.showWarningMessage(message, edit, ...(text === "" ? [] : [copy]));
  if (answer === copy) await vscode.env.clipboard.writeText(text);
  return answer === edit ? "edit" : undefined;
}
