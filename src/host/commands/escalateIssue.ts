import * as vscode from "vscode";
import { hasLogin } from "../../core/desk/sameLogin";
import { escalationLevels, peopleFor, standingRoles } from "../../core/duty/escalation";
import { nextTurns } from "../../core/duty/rotation";
import { renderMoment } from "../../core/incident/moment";
import type { Issue } from "../../core/issue/issue";
import { batchOf } from "../../core/issue/operation";
import { failed } from "../../core/result";
import type { DeskSession } from "../app/session";
import { plainLabel } from "../views/plainLabel";
import { sayInstant } from "../views/sayInstant";
import type { CommandEnd, DeskTools } from "./command";
import { enterText } from "./input/enterText";
import { pickMany, pickOne, type Choice } from "./input/pick";
import { chooseIssue, sayRef } from "./input/pickIssue";
import { runInBackground } from "../platform/background";

type Way = { readonly kind: "people"; readonly logins: readonly string[]; readonly why: string } | { readonly kind: "choose" } | { readonly kind: "standing"; readonly role: string };

/** Asks the next level of the desk's policy, chosen people, or everyone with a role, to help with an issue: assigned and called by name, with the reason. */
export async function run(tools: DeskTools, [argument]: readonly unknown[]): Promise<CommandEnd> {
  const { session } = tools;
  const t = vscode.l10n.t;
  const title = t("Escalate issue");
  const place = { title, back: false };
  const ref = await chooseIssue(session, argument, { title, placeholder: t("Which issue?"), suits: (issue) => issue.state === "open" });
  if (ref === undefined) return undefined;
  const issue = session.issues.find(ref);
  if (issue === undefined) return failed({ kind: "gone", ref });
  const way = await pickOne<Way>({ place, placeholder: t("Who is asked to help with {0}?", sayRef(session, ref)), choices: ways(session, issue) });
  if (way.kind !== "next") return undefined;
  const asked = await askedBy(session, way.value, title);
  if (asked === undefined) return undefined;
  if (asked.logins.length === 0) {
    runInBackground(vscode.window.showInformationMessage(t("There is nobody to ask: desk.yml names no person for that.")), session.log);
    return undefined;
  }
  const reason = await enterText({
    place,
    prompt: t("What do {0} need to know, and by when is help needed?", plainLabel(asked.logins.join(", "))),
    needed: t("Say why: those who are asked decide by it."),
  });
  if (reason.kind !== "next") return undefined;
  const text = `${asked.logins.map((login) => `@${login}`).join(" ")}${asked.why === "" ? "" : ` (${asked.why})`}: ${reason.value}`;
  const add = asked.logins.filter((login) => !hasLogin(issue.assignees, login));
  return tools.submit(t("Escalating…"), batchOf([
    { kind: "comment", ref, markdown: renderMoment("escalation", text) },
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
      const when = level.at === undefined ? "" : sayInstant(level.at, now, desk.timezone, vscode.env.language);
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
  const place = { title, back: false };
  const desk = session.desk.config();
  switch (way.kind) {
    case "people":
      return way;
    case "choose": {
      const chosen = await pickMany<string>({
        place,
        placeholder: t("Tick those to ask, then press Enter"),
        choices: desk.people.map(({ login, name }) => ({ label: plainLabel(login), description: plainLabel(name ?? ""), value: login })),
      });
      return chosen.kind === "next" && chosen.value.length > 0 ? { logins: chosen.value, why: "" } : undefined;
    }
    case "standing": {
      const next = Object.values(nextTurns(desk, session.clock.now(), 1)[0]?.holders ?? {});
      const soon = await pickOne<"hours" | "days">({
        place,
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
