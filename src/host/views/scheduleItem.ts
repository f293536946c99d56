import * as vscode from "vscode";
import type { CalendarProblem } from "../../core/calendar/holidays";
import { assertNever } from "../../core/model/result";
import { formatDay, hostOf } from "../ui/format";
import { safeTooltip } from "../ui/safeMarkdown";
import { plainLabel } from "../ui/safeText";
import { decorate, icon } from "./icons";
import type { MeNode, ScheduleNode } from "./node";

/** The label of a row about the schedule. */
export function scheduleLabel(node: ScheduleNode): string {
  const t = vscode.l10n.t;
  switch (node.kind) {
    case "calendar":
      return isPart(node.problem) ? t("Calendar events ignored") : t("Calendar ignored");
    case "flaw":
      return node.flaw.kind === "gap" ? t("Gap: {0}", node.flaw.role) : t("Away: {0} ({1})", node.flaw.login, node.flaw.role);
    case "absence":
      return node.name;
    case "ownShift":
      return node.from;
    default:
      return assertNever(node);
  }
}

/** Renders a row about the schedule. */
export function decorateSchedule(item: vscode.TreeItem, node: ScheduleNode): vscode.TreeItem {
  const t = vscode.l10n.t;
  switch (node.kind) {
    case "calendar":
      return decorate(item, {
        description: plainLabel(node.problem.name),
        icon: icon("warning", "list.warningForeground"),
        context: "desk",
        tooltip: safeTooltip(`${scheduleLabel(node)}: ${node.problem.name}`, [describeProblem(node.problem), t("Until this is fixed, these holidays count as business hours. Click to open desk.yml.")]),
        ariaLabel: `${scheduleLabel(node)}: ${describeProblem(node.problem)}`,
        click: ["responseDesk.desk.open"],
      });
    case "flaw":
      return decorate(item, {
        description: t("{0} to {1}", node.from, node.to),
        icon: icon("warning", "list.warningForeground"),
        context: "flaw",
        tooltip: safeTooltip(scheduleLabel(node), [t("{0} to {1}", node.from, node.to), t("Click to find someone to cover it.")]),
        click: ["responseDesk.schedule.cover", { role: node.flaw.role, day: node.day }],
      });
    case "absence": {
      const { language } = vscode.env;
      const until = t("away until {0}", formatDay(node.to, language));
      return decorate(item, { description: node.now ? until : t("away {0} to {1}", formatDay(node.from, language), formatDay(node.to, language)), icon: icon(node.now ? "circle-slash" : "calendar"), context: "absence" });
    }
    case "ownShift":
      return decorate(item, { description: plainLabel(t("{0} · until {1}", node.role, node.to)), icon: icon("account"), context: "ownShift", click: ["responseDesk.schedule.show"] });
    default:
      return assertNever(node);
  }
}

/** Whether only some events of a calendar are left out. */
function isPart({ kind }: CalendarProblem): boolean {
  return kind === "unknownZone" || kind === "badEvent";
}

/** Why a calendar is not applied, and what to do. */
function describeProblem({ kind, name, ...rest }: CalendarProblem): string {
  const t = vscode.l10n.t;
  switch (kind) {
    case "missing":
      return t("The file {0} was not found. Add it next to desk.yml, or correct its path.", plainLabel(name));
    case "badCalendar":
      return t("The file {0} cannot be read as a calendar ({1}). Export it again as iCalendar (.ics).", plainLabel(name), plainLabel("reason" in rest ? rest.reason : ""));
    case "unknownZone":
      return t("{0} has events in the unknown time zone {1}. They are ignored. Export the calendar again with its time zones.", plainLabel(name), plainLabel("reason" in rest ? rest.reason : ""));
    case "badEvent":
      return t("The date or recurrence of the event {1} in {0} cannot be read. The event is ignored. Correct it and export the calendar again.", plainLabel(name), plainLabel("reason" in rest ? rest.reason : ""));
    case "unknownCountry":
      return t("No public holidays are known for the country {0}. Use its two-letter code, such as US or GB.", plainLabel(name));
    case "unknownRegion":
      return t("No public holidays are known for the region {0}. Write its code as in US-CA, or leave it out.", plainLabel(name));
    default:
      return assertNever(kind);
  }
}

/** The current user, or whether they are signed in where issues are stored on a server. */
export function meLabel({ login, store }: MeNode): string {
  const t = vscode.l10n.t;
  if (store.kind === "github" && !store.signedIn) return t("Not signed in");
  if (login !== undefined) return t("You are {0}", login);
  return store.kind === "files" ? t("Login not set") : t("Signed in");
}

/** The row for the current user and the issue storage. Its menu changes both. */
export function decorateMe(item: vscode.TreeItem, { login, store }: MeNode): vscode.TreeItem {
  const t = vscode.l10n.t;
  if (store.kind === "files") {
    return decorate(item, {
      description: login === undefined ? t("click to set it") : t("click to change"),
      icon: icon("account"),
      context: "me files",
      tooltip: safeTooltip(t("Issues are stored in plain files"), [t("They are in the folder .desk of this workspace. To store them on GitHub instead, use the context menu.")]),
      click: ["responseDesk.login.set"],
    });
  }
  const where = store.server === "" ? t("invalid server setting") : t("issues on {0}", hostOf(store.server));
  return decorate(item, {
    description: store.signedIn ? where : t("{0} · click to sign in", where),
    icon: store.signedIn ? icon("github") : icon("warning", "list.warningForeground"),
    context: `me github ${store.signedIn ? "signedIn" : "signedOut"}`,
    tooltip: safeTooltip(
      meLabel({ kind: "me", id: "me", ...(login === undefined ? {} : { login }), store }),
      [where, ...store.repositories.map(plainLabel), t("To sign in or out, or to store issues in plain files, use the context menu.")],
    ),
    click: ["responseDesk.github.signIn"],
  });
}
