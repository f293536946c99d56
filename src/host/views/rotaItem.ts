import * as vscode from "vscode";
import type { ClosingsProblem } from "../../core/duty/closing";
import { assertNever } from "../../core/result";
import { dress, icon } from "./dress";
import { plainLabel } from "./plainLabel";
import type { RotaNode } from "./rotaNode";
import { safeTooltip } from "./safeMarkdown";
import { sayDay } from "./sayDay";

/** The words a line about the rotation begins with. */
export function nameRota(node: RotaNode): string {
  const t = vscode.l10n.t;
  switch (node.kind) {
    case "calendar":
      return isPart(node.problem) ? t("Events not considered") : t("Calendar not considered");
    case "flaw":
      return node.flaw.kind === "gap" ? t("Nobody: {0}", node.flaw.role) : t("Away: {0} ({1})", node.flaw.login, node.flaw.role);
    case "absence":
      return node.name;
    case "ownTurn":
      return node.from;
    default:
      return assertNever(node);
  }
}

/** How a line about the rotation looks, and what a click on it does. */
export function dressRota(item: vscode.TreeItem, node: RotaNode): vscode.TreeItem {
  const t = vscode.l10n.t;
  switch (node.kind) {
    case "calendar":
      return dress(item, {
        description: plainLabel(node.problem.name),
        icon: icon("warning", "list.warningForeground"),
        context: "desk",
        tooltip: safeTooltip(`${nameRota(node)}: ${node.problem.name}`, [sayProblem(node.problem), t("Until then these holidays count as working time. Click to open desk.yml.")]),
        spoken: `${nameRota(node)}: ${sayProblem(node.problem)}`,
        click: ["responseDesk.desk.open"],
      });
    case "flaw":
      return dress(item, {
        description: t("{0} to {1}", node.from, node.to),
        icon: icon("warning", "list.warningForeground"),
        context: "flaw",
        tooltip: safeTooltip(nameRota(node), [t("{0} to {1}", node.from, node.to), t("Click to find somebody to cover it.")]),
        click: ["responseDesk.rota.cover", { role: node.flaw.role, day: node.day }],
      });
    case "absence": {
      const { language } = vscode.env;
      const until = t("away until {0}", sayDay(node.to, language));
      return dress(item, { description: node.now ? until : t("away {0} to {1}", sayDay(node.from, language), sayDay(node.to, language)), icon: icon(node.now ? "circle-slash" : "calendar"), context: "absence" });
    }
    case "ownTurn":
      return dress(item, { description: plainLabel(t("{0} · until {1}", node.role, node.to)), icon: icon("account"), context: "ownTurn", click: ["responseDesk.rota.show"] });
    default:
      return assertNever(node);
  }
}

/** Whether only some events of a calendar are left out. */
function isPart({ kind }: ClosingsProblem): boolean {
  return kind === "unknownZone" || kind === "badEvent";
}

/** Why a calendar says nothing, and what to do. */
export function sayProblem({ kind, name, ...rest }: ClosingsProblem): string {
  const t = vscode.l10n.t;
  switch (kind) {
    case "missing":
      return t("The file {0} is not there. Add it beside desk.yml, or correct its path.", plainLabel(name));
    case "badCalendar":
      return t("The file {0} cannot be read as a calendar ({1}). Export it again as iCalendar (.ics).", plainLabel(name), plainLabel("reason" in rest ? rest.reason : ""));
    case "unknownZone":
      return t("{0} has events in the time zone {1}, which neither the file nor the time zone database defines, so they are left out. Export it again with its time zones.", plainLabel(name), plainLabel("reason" in rest ? rest.reason : ""));
    case "badEvent":
      return t("{0} has the event {1}, whose date or repetition cannot be understood, so it is left out. Correct it and export the calendar again.", plainLabel(name), plainLabel("reason" in rest ? rest.reason : ""));
    case "unknownCountry":
      return t("No public holidays are known for the country {0}. Write its two-letter code, as in US or GB.", plainLabel(name));
    case "unknownRegion":
      return t("No public holidays are known for the region {0}. Write its code as in US-CA, or leave it out.", plainLabel(name));
    default:
      return assertNever(kind);
  }
}
