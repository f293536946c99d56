import * as vscode from "vscode";
import { escalationAccepted, escalationDeclined, escalationDelayed, escalationText, withinDays, withinHours } from "../../../core/markup/issueTexts";
import { alarmsNobody } from "../../../core/markup/labels";
import { renderComment, renderMilestone } from "../../../core/markup/milestone";
import type { Issue } from "../../../core/model/issue";
import { hasLogin } from "../../../core/model/names";
import { batchOf, type SingleOperation } from "../../../core/model/operation";
import { nextShifts } from "../../../core/oncall/rotation";
import { escalationLevels, peopleFor, standingRoles } from "../../../core/response/escalation";
import type { DeskSession } from "../../app/session";
import { runInBackground } from "../../platform/background";
import { formatInstant } from "../../ui/format";
import { type Choice, enterText, pickMany, pickOne } from "../../ui/quickPick";
import { plainLabel } from "../../ui/safeText";
import type { CommandEnd, DeskTools } from "../input/command";
import { chooseKnownIssue, isOpen } from "../input/pickIssue";

type Target = { readonly kind: "people"; readonly logins: readonly string[]; readonly capacity: string } | { readonly kind: "choose" } | { readonly kind: "standing"; readonly role: string };

/** Escalates an issue to a level of the escalation policy, selected people, or everyone with a role. They are assigned and mentioned with the reason. */
export async function escalateIssue(tools: DeskTools, [argument]: readonly unknown[]): Promise<CommandEnd> {
  const { session } = tools;
  const t = vscode.l10n.t;
  const title = t("Escalate issue");
  const chosen = await chooseKnownIssue(session, argument, { title, suits: isOpen });
  if (chosen?.kind !== "ok") return chosen;
  const { ref, issue, reference, flowStep } = chosen.value;
  const target = await pickOne<Target>({ flowStep, placeholder: t("Who do you want to ask for help with {0}?", reference), choices: targets(session, issue) });
  if (target.kind !== "next") return undefined;
  const asked = await peopleToAsk(session, target.value, title);
  if (asked === undefined) return undefined;
  if (asked.logins.length === 0) {
    runInBackground(vscode.window.showInformationMessage(t("There is nobody to ask. Add people with this role to desk.yml.")), session.log);
    return undefined;
  }
  const reason = await enterText({
    flowStep,
    prompt: t("What does {0} need to know, and by when do you need help?", plainLabel(asked.logins.join(", "))),
    needed: t("Enter the reason for the escalation."),
  });
  if (reason.kind !== "next") return undefined;
  const text = escalationText(asked.logins, asked.capacity, reason.value);
  const add = asked.logins.filter((login) => !hasLogin(issue.assignees, login));
  return tools.submit(t("Escalating…"), batchOf([
    { kind: "comment", ref, markdown: renderMilestone("escalation", text) },
    ...(add.length === 0 ? [] : [{ kind: "edit" as const, ref, change: { kind: "assign" as const, add, remove: [] } }]),
  ]));
}

function targets(session: DeskSession, issue: Issue): Choice<Target>[] {
  const t = vscode.l10n.t;
  const desk = session.desk.config();
  const now = session.clock.now();
  const levels = escalationLevels(desk, session.clocks.holders(), session.clocks.time(), session.clocks.clockOf(issue).reported, now).filter(({ logins }) => logins.length > 0);
  return [
    ...levels.map((level): Choice<Target> => {
      const when = level.at === undefined ? "" : formatInstant(level.at, now, desk.timezone, vscode.env.language);
      return {
        label: t("Level {0}: {1}", level.number, plainLabel(level.to.join(", "))),
        description: plainLabel(level.logins.join(", ")),
        ...(alarmsNobody(issue.labels) ? {} : { detail: level.passed ? t("Scheduled since {0}.", when) : t("Scheduled for {0}.", when) }),
        value: { kind: "people", logins: level.logins, capacity: level.to.join(", ") },
      };
    }),
    ...standingRoles(desk).map((role): Choice<Target> => ({
      label: t("Someone with the Role {0}…", plainLabel(role)),
      description: plainLabel(peopleFor(desk, session.clocks.holders(), role).join(", ")),
      detail: t("For tasks that need this role. You select how soon you need an answer."),
      value: { kind: "standing", role },
    })),
    { label: t("Select People…"), value: { kind: "choose" } },
  ];
}

async function peopleToAsk(session: DeskSession, target: Target, title: string): Promise<{ readonly logins: readonly string[]; readonly capacity: string } | undefined> {
  const t = vscode.l10n.t;
  const flowStep = { title, back: false };
  const desk = session.desk.config();
  switch (target.kind) {
    case "people":
      return target;
    case "choose": {
      const chosen = await pickMany<string>({
        flowStep,
        placeholder: t("Select who to ask, then press Enter"),
        choices: desk.people.map(({ login, name }) => ({ label: plainLabel(login), description: plainLabel(name ?? ""), value: login })),
      });
      return chosen.kind === "next" && chosen.value.length > 0 ? { logins: chosen.value, capacity: "" } : undefined;
    }
    case "standing": {
      const next = Object.values(nextShifts(desk, session.clock.now(), 1)[0]?.holders ?? {});
      const soon = await pickOne<"hours" | "days">({
        flowStep,
        placeholder: t("How soon do you need an answer?"),
        choices: [
          { label: t("Within Hours"), detail: t("Asks everyone with the role {0}.", plainLabel(target.role)), value: "hours" },
          ...(next.length === 0 ? [] : [{ label: t("Within Days"), detail: t("Asks the people of the next shift: {0}.", plainLabel(next.join(", "))), value: "days" as const }]),
        ],
      });
      if (soon.kind !== "next") return undefined;
      return soon.value === "hours" ? { logins: peopleFor(desk, {}, target.role), capacity: withinHours(target.role) } : { logins: next, capacity: withinDays };
    }
  }
}

type Answer = "accept" | "later" | "decline";

/** Answers an escalation with a comment: accepts it, delays it, or declines it with a reason. */
export async function answerEscalation(tools: DeskTools, [argument]: readonly unknown[]): Promise<CommandEnd> {
  const { session } = tools;
  const t = vscode.l10n.t;
  const me = await session.account.me();
  if (me === undefined) return undefined;
  const chosen = await chooseKnownIssue(session, argument, { title: t("Answer escalation"), placeholder: t("Which issue were you asked about?"), suits: (issue) => isOpen(issue) && hasLogin(issue.assignees, me) });
  if (chosen?.kind !== "ok") return chosen;
  const { ref, issue, reference, flowStep } = chosen.value;
  const answer = await pickOne<Answer>({
    flowStep,
    placeholder: t("How do you answer the escalation of {0}?", reference),
    choices: [
      { label: t("Accept"), detail: t("Acknowledges the issue and assigns it to you."), value: "accept" },
      { label: t("Later…"), detail: t("You stay assigned, and enter when you can help."), value: "later" },
      { label: t("Decline…"), detail: t("You enter the reason, and are no longer assigned."), value: "decline" },
    ],
  });
  if (answer.kind !== "next") return undefined;
  if (answer.value === "accept") return tools.submit(t("Accepting…"), batchOf(accept(issue, me, session.clocks.clockOf(issue).acknowledged !== undefined)));
  const later = answer.value === "later";
  const reason = await enterText({
    flowStep,
    prompt: later ? t("When can you help, and what is the reason?") : t("Why can't you help?"),
    needed: later ? t("Enter when you can help.") : t("Enter the reason."),
  });
  if (reason.kind !== "next") return undefined;
  const answered = later ? escalationDelayed(reason.value) : escalationDeclined(reason.value);
  return tools.submit(t("Answering…"), batchOf([
    { kind: "comment", ref, markdown: renderComment(answered) },
    ...(later ? [] : [{ kind: "edit" as const, ref, change: { kind: "assign" as const, add: [], remove: [me] } }]),
  ]));
}

function accept(issue: Issue, me: string, acknowledged: boolean): readonly SingleOperation[] {
  return [
    { kind: "comment", ref: issue.ref, markdown: acknowledged ? renderComment(escalationAccepted) : renderMilestone("acknowledged", escalationAccepted) },
    ...(hasLogin(issue.assignees, me) ? [] : [{ kind: "edit" as const, ref: issue.ref, change: { kind: "assign" as const, add: [me], remove: [] } }]),
  ];
}
