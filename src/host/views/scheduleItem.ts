import * as vscode from "vscode";
import type { CalendarProblem } from "../../core/calendar/holidays";
import { assertNever } from "../../core/model/result";
import { formatDay, hostOf } from "../ui/format";
import { safeTooltip } from "../ui/safeMarkdown";
import { plainLabel } from "../ui/safeText";
import { decorate, icon } from "./icons";
import type { MeNode, ScheduleNode } from "./node";

/** The words a line about the rotation begins with. */
export function scheduleLabel(node: ScheduleNode): string {
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
export function decorateSchedule(item: vscode.TreeItem, node: ScheduleNode): vscode.TreeItem {
  const t = vscode.l10n.t;
  switch (node.kind) {
    case "calendar":
      return decorate(item, {
        description: plainLabel(node.problem.name),
        icon: icon("warning", "list.warningForeground"),
        context: "desk",
        tooltip: safeTooltip(`${scheduleLabel(node)}: ${node.problem.name}`, [describeProblem(node.problem), t("Until then these holidays count as working time. Click to open desk.yml.")]),
        ariaLabel: `${scheduleLabel(node)}: ${describeProblem(node.problem)}`,
        click: ["responseDesk.desk.open"],
      });
    case "flaw":
      return decorate(item, {
        description: t("{0} to {1}", node.from, node.to),
        icon: icon("warning", "list.warningForeground"),
        context: "flaw",
        tooltip: safeTooltip(scheduleLabel(node), [t("{0} to {1}", node.from, node.to), t("Click to find somebody to cover it.")]),
        click: ["responseDesk.schedule.cover", { role: node.flaw.role, day: node.day }],
      });
    case "absence": {
      const { language } = vscode.env;
      const until = t("away until {0}", formatDay(node.to, language));
      return decorate(item, { description: node.now ? until : t("away {0} to {1}", formatDay(node.from, language), formatDay(node.to, language)), icon: icon(node.now ? "circle-slash" : "calendar"), context: "absence" });
    }
    case "ownTurn":
      return decorate(item, { description: plainLabel(t("{0} · until {1}", node.role, node.to)), icon: icon("account"), context: "ownTurn", click: ["responseDesk.schedule.show"] });
    default:
      return assertNever(node);
  }
}

/** Whether only some events of a calendar are left out. */
function isPart({ kind }: CalendarProblem): boolean {
  return kind === "unknownZone" || kind === "badEvent";
}

/** Why a calendar says nothing, and what to do. */
function describeProblem({ kind, name, ...rest }: CalendarProblem): string {
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

/** Who is at the keyboard; where a server keeps the issues, whether they are signed in there. */
export function meLabel({ login, store }: MeNode): string {
  const t = vscode.l10n.t;
  if (store.kind === "github" && !store.signedIn) return t("Not signed in");
  if (login !== undefined) return t("You are {0}", login);
  return store.kind === "files" ? t("Who are you?") : t("Signed in");
}

/** The one line that says who is at the keyboard and where the issues are kept; its menu changes both. */
export function decorateMe(item: vscode.TreeItem, { login, store }: MeNode): vscode.TreeItem {
  const t = vscode.l10n.t;
  if (store.kind === "files") {
    return decorate(item, {
      description: login === undefined ? t("click to say") : t("click to change"),
      icon: icon("account"),
      context: "me files",
      tooltip: safeTooltip(t("Issues are kept in plain files"), [t("They are in the folder .desk of this workspace. The menu of this line can keep them on GitHub instead.")]),
      click: ["responseDesk.login.set"],
    });
  }
  const where = store.server === "" ? t("the setting of the server cannot be used") : t("issues on {0}", hostOf(store.server));
  return decorate(item, {
    description: store.signedIn ? where : t("{0} · click to sign in", where),
    icon: store.signedIn ? icon("github") : icon("warning", "list.warningForeground"),
    context: `me github ${store.signedIn ? "signedIn" : "signedOut"}`,
    tooltip: safeTooltip(
      meLabel({ kind: "me", id: "me", ...(login === undefined ? {} : { login }), store }),
      [where, ...store.repositories.map(plainLabel), t("The menu of this line signs in and out, and can keep the issues in plain files instead.")],
    ),
    click: ["responseDesk.github.signIn"],
  });
}
