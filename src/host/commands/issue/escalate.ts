import * as vscode from "vscode";
import { renderMilestone } from "../../../core/markup/milestone";
import type { Issue } from "../../../core/model/issue";
import { hasLogin } from "../../../core/model/names";
import { batchOf, type SingleOperation } from "../../../core/model/operation";
import { failed } from "../../../core/model/result";
import { nextShifts } from "../../../core/oncall/rotation";
import { escalationLevels, peopleFor, standingRoles } from "../../../core/response/escalation";
import type { DeskSession } from "../../app/session";
import { runInBackground } from "../../platform/background";
import { formatInstant } from "../../ui/format";
import { type Choice, enterText, pickMany, pickOne } from "../../ui/quickPick";
import { plainLabel } from "../../ui/safeText";
import type { CommandEnd, DeskTools } from "../input/command";
import { chooseIssue, shortReference } from "../input/pickIssue";

type Way = { readonly kind: "people"; readonly logins: readonly string[]; readonly why: string } | { readonly kind: "choose" } | { readonly kind: "standing"; readonly role: string };

/** Asks the next level of the desk's policy, chosen people, or everyone with a role, to help with an issue: assigned and called by name, with the reason. */
export async function escalateIssue(tools: DeskTools, [argument]: readonly unknown[]): Promise<CommandEnd> {
  const { session } = tools;
  const t = vscode.l10n.t;
  const title = t("Escalate issue");
  const flowStep = { title, back: false };
  const ref = await chooseIssue(session, argument, { title, placeholder: t("Which issue?"), suits: (issue) => issue.state === "open" });
  if (ref === undefined) return undefined;
  const issue = session.issues.find(ref);
  if (issue === undefined) return failed({ kind: "gone", ref });
  const way = await pickOne<Way>({ flowStep, placeholder: t("Who is asked to help with {0}?", shortReference(session, ref)), choices: ways(session, issue) });
  if (way.kind !== "next") return undefined;
  const asked = await askedBy(session, way.value, title);
  if (asked === undefined) return undefined;
  if (asked.logins.length === 0) {
    runInBackground(vscode.window.showInformationMessage(t("There is nobody to ask: desk.yml names no person for that.")), session.log);
    return undefined;
  }
  const reason = await enterText({
    flowStep,
    prompt: t("What do {0} need to know, and by when is help needed?", plainLabel(asked.logins.join(", "))),
    needed: t("Say why: those who are asked decide by it."),
  });
  if (reason.kind !== "next") return undefined;
  const text = `${asked.logins.map((login) => `@${login}`).join(" ")}${asked.why === "" ? "" : ` (${asked.why})`}: ${reason.value}`;
  const add = asked.logins.filter((login) => !hasLogin(issue.assignees, login));
  return tools.submit(t("Escalating…"), batchOf([
    { kind: "comment", ref, markdown: renderMilestone("escalation", text) },
    ...(add.length === 0 ? [] : [{ kind: "edit" as const, ref, change: { kind: "assign" as const, add, remove: [] } }]),
  ]));
}

function ways(session: DeskSession, issue: Issue): Choice<Way>[] {
  const t = vscode.l10n.t;
  const desk = session.desk.config();
  const now = session.clock.now();
  const levels = escalationLevels(desk, session.clocks.holders(), session.clocks.time(), session.clocks.clockOf(issue).reported, now).filter(({ logins }) => logins.length > 0);
  return [
    ...levels.map((level): Choice<Way> => {
      const when = level.at === undefined ? "" : formatInstant(level.at, now, desk.timezone, vscode.env.language);
      return {
        label: t("Level {0}: {1}", level.number, plainLabel(level.to.join(", "))),
        description: plainLabel(level.logins.join(", ")),
        detail: level.passed ? t("The policy asks them since {0}.", when) : t("The policy asks them at {0}.", when),
        value: { kind: "people", logins: level.logins, why: level.to.join(", ") },
      };
    }),
    ...standingRoles(desk).map((role): Choice<Way> => ({
      label: t("Somebody with the role {0}…", plainLabel(role)),
      description: plainLabel(peopleFor(desk, session.clocks.holders(), role).join(", ")),
      detail: t("As where only they may go: asks how soon an answer is needed."),
      value: { kind: "standing", role },
    })),
    { label: t("Choose people…"), value: { kind: "choose" } },
  ];
}

async function askedBy(session: DeskSession, way: Way, title: string): Promise<{ readonly logins: readonly string[]; readonly why: string } | undefined> {
  const t = vscode.l10n.t;
  const flowStep = { title, back: false };
  const desk = session.desk.config();
  switch (way.kind) {
    case "people":
      return way;
    case "choose": {
      const chosen = await pickMany<string>({
        flowStep,
        placeholder: t("Tick those to ask, then press Enter"),
        choices: desk.people.map(({ login, name }) => ({ label: plainLabel(login), description: plainLabel(name ?? ""), value: login })),
      });
      return chosen.kind === "next" && chosen.value.length > 0 ? { logins: chosen.value, why: "" } : undefined;
    }
    case "standing": {
      const next = Object.values(nextShifts(desk, session.clock.now(), 1)[0]?.holders ?? {});
      const soon = await pickOne<"hours" | "days">({
        flowStep,
        placeholder: t("How soon is an answer needed?"),
        choices: [
          { label: t("Within hours"), detail: t("Asks everyone with the role {0}.", plainLabel(way.role)), value: "hours" },
          ...(next.length === 0 ? [] : [{ label: t("Within days"), detail: t("Waits for those of the next turn: {0}.", plainLabel(next.join(", "))), value: "days" as const }]),
        ],
      });
      if (soon.kind !== "next") return undefined;
      return soon.value === "hours" ? { logins: peopleFor(desk, {}, way.role), why: t("{0}, within hours", way.role) } : { logins: next, why: t("next turn, within days") };
    }
  }
}

type Answer = "accept" | "later" | "decline";

/** Answers a call for help: takes it on, says until when it must wait, or declines with the reason. Whatever it is, the issue says so. */
export async function answerEscalation(tools: DeskTools, [argument]: readonly unknown[]): Promise<CommandEnd> {
  const { session } = tools;
  const t = vscode.l10n.t;
  const title = t("Answer an escalation");
  const flowStep = { title, back: false };
  const me = await session.account.me();
  if (me === undefined) return undefined;
  const ref = await chooseIssue(session, argument, { title, placeholder: t("Which issue were you asked about?"), suits: (issue) => issue.state === "open" && hasLogin(issue.assignees, me) });
  if (ref === undefined) return undefined;
  const issue = session.issues.find(ref);
  if (issue === undefined) return failed({ kind: "gone", ref });
  const answer = await pickOne<Answer>({
    flowStep,
    placeholder: t("What do you say about {0}?", shortReference(session, ref)),
    choices: [
      { label: t("Accept"), detail: t("You work on it from now on."), value: "accept" },
      { label: t("Later…"), detail: t("You stay assigned, and say until when it must wait."), value: "later" },
      { label: t("Decline…"), detail: t("You say why, and are no longer assigned."), value: "decline" },
    ],
  });
  if (answer.kind !== "next") return undefined;
  if (answer.value === "accept") return tools.submit(t("Accepting…"), batchOf(accept(issue, me, session.clocks.clockOf(issue).acknowledged !== undefined)));
  const later = answer.value === "later";
  const said = await enterText({
    flowStep,
    prompt: later ? t("Until when must it wait, and why?") : t("Why can you not help?"),
    needed: later ? t("Say until when: whoever asked goes by it.") : t("Say why: whoever asked goes by it."),
  });
  if (said.kind !== "next") return undefined;
  const markdown = later ? `Escalation delayed: ${said.value}` : `Escalation declined: ${said.value}`;
  return tools.submit(t("Answering…"), batchOf([
    { kind: "comment", ref, markdown },
    ...(later ? [] : [{ kind: "edit" as const, ref, change: { kind: "assign" as const, add: [], remove: [me] } }]),
  ]));
}

function accept(issue: Issue, me: string, acknowledged: boolean): readonly SingleOperation[] {
  const text = "Escalation accepted.";
  return [
    { kind: "comment", ref: issue.ref, markdown: acknowledged ? text : renderMilestone("acknowledged", text) },
    ...(hasLogin(issue.assignees, me) ? [] : [{ kind: "edit" as const, ref: issue.ref, change: { kind: "assign" as const, add: [me], remove: [] } }]),
  ];
}
