import * as vscode from "vscode";
import type { Desk } from "../../../core/desk/desk";
import { rotationsOf } from "../../../core/desk/roles";
import { sameLogin } from "../../../core/desk/sameLogin";
import { holdingAt } from "../../../core/duty/rotation";
import type { Instant } from "../../../core/issue/issue";
import { nameIn } from "../../panels/rotaPeople";
import { plainLabel } from "../../views/plainLabel";
import { sayInstant } from "../../views/sayInstant";
import type { Choice } from "../input/pick";

/** The roles of all rotations, each with who has it now and until when. */
export function roleChoices(desk: Desk, now: Instant): readonly Choice<string>[] {
  const t = vscode.l10n.t;
  const holdings = holdingAt(desk, now);
  return rotationsOf(desk).flatMap(({ roles }) =>
    roles.map((role) => {
      const holding = holdings[role];
      const description = holding === undefined ? t("nobody now") : t("{0} until {1}", nameIn(desk, holding.login), sayInstant(holding.to, now, desk.timezone, vscode.env.language));
      return { label: plainLabel(role), description, value: role };
    }),
  );
}

/** Everybody the desk knows, those in rotations with them. */
export function personChoices(desk: Desk): readonly Choice<string>[] {
  const logins = [...new Set([...desk.people.map(({ login }) => login), ...rotationsOf(desk).flatMap(({ people }) => people)])];
  return logins.map((login) => {
    const name = desk.people.find((person) => sameLogin(person.login, login))?.name;
    return { label: plainLabel(login), ...(name === undefined ? {} : { description: plainLabel(name) }), value: login };
  });
}

/** A text of an argument that came from a tree or a panel. */
export function argumentOf(argument: unknown, name: "role" | "day"): string | undefined {
  const value: unknown = typeof argument === "object" && argument !== null && name in argument ? Object.entries(argument).find(([key]) => key === name)?.[1] : undefined;
  return typeof value === "string" ? value : undefined;
}
