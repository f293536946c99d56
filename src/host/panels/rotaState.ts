import { rotationsOf } from "../../core/desk/roles";
import { scheduleQuality } from "../../core/duty/scheduleQuality";
import { addDays } from "temporal-polyfill/fns/PlainDate";
import { dateFrom, dateText } from "../../core/calendarDate";
import type { Desk } from "../../core/desk/desk";
import type { BusinessTime } from "../../core/duty/businessTime";
import { dateTextOf } from "../../core/duty/localTime";
import type { Instant } from "../../core/issue/issue";
import { millisecondsOf } from "../../core/instantTime";
import type { RotaButton, RotaContent, RotaState, RotaLabels } from "../../protocol/rota";
import type { Translate } from "../views/operationWords";
import { rotaDays } from "./rotaDays";
import { rotaLoads } from "./rotaLoads";
import { sayFlaws } from "./rotaFlaws";

/** All that a month of the rota is made from. */
export interface RotaInput {
  readonly desk: Desk;
  readonly stale: boolean;
  readonly hasDesk: boolean;
  /** As `2026-11`; absent: the month of today. */
  readonly month: string | undefined;
  readonly time: BusinessTime;
  readonly now: Instant;
  readonly me: string | undefined;
  readonly writable: boolean;
  readonly language: string;
  readonly t: Translate;
}

/** How far ahead what is wrong is told, in days. */
const flawDays = 56;

/** What the rota shows of a month. */
export function rotaState(input: RotaInput): RotaState {
  const { t, language, writable, stale } = input;
  const open: RotaButton = { label: t("Open desk.yml"), icon: "go-to-file", action: "openDesk", disabled: false };
  return {
    language,
    labels: labels(t),
    banners: [
      ...(writable ? [] : [{ text: t("You can read everything here. Nothing is written until you trust the folder."), button: { label: t("Manage Workspace Trust"), icon: "shield", action: "trust" as const, disabled: false } }]),
      ...(stale ? [{ text: t("desk.yml is broken, so this is the rota as it was before. Open it and mend the marked lines."), button: open }] : []),
    ],
    content: content(input, open),
  };
}

function content(input: RotaInput, open: RotaButton): RotaContent {
  const { desk, hasDesk, t, language, writable, now } = input;
  if (rotationsOf(desk).length === 0) {
    const title = t("Nobody is on duty");
    return hasDesk
      ? { kind: "unavailable", title, text: t("desk.yml has no rotation yet. Write one under “rotation”: when it starts, how long a turn is, and whose turn it is."), button: open }
      : { kind: "unavailable", title, text: t("This folder has no desk.yml. Create a desk: its rotation says who is on duty, turn by turn."), button: { label: t("Create a Desk"), icon: "organization", action: "createDesk", disabled: !writable } };
  }
  const today = dateTextOf(now, desk.timezone);
  const month = input.month ?? today.slice(0, 7);
  const flaws = scheduleQuality(desk, today, dateText(addDays(dateFrom(today), flawDays))).flaws.filter(({ to }) => to > now);
  const format = (date: string, options: Intl.DateTimeFormatOptions): string => new Intl.DateTimeFormat(language, { ...options, timeZone: "UTC" }).format(millisecondsOf(`${date}T00:00:00Z`));
  const change = (label: string, icon: string, action: RotaButton["action"]): RotaButton => ({ label, icon, action, disabled: !writable });
  return {
    kind: "month",
    month,
    title: format(`${month}-01`, { month: "long", year: "numeric" }),
    before: dateText(addDays(dateFrom(`${month}-01`), -1)).slice(0, 7),
    after: dateText(addDays(dateFrom(`${month}-28`), 4)).slice(0, 7),
    today,
    // 2024 began on a Monday.
    weekdays: Array.from({ length: 7 }, (_, day) => `2024-01-0${day + 1}`).map((date) => ({ short: format(date, { weekday: "short" }), long: format(date, { weekday: "long" }) })),
    days: rotaDays({ ...input, month, today }),
    buttons: [
      change(t("Take Over Now"), "person-add", "takeOver"),
      change(t("Cover Part of a Turn…"), "calendar", "cover"),
      change(t("Swap Turns…"), "arrow-swap", "swap"),
      change(t("Plan Turns…"), "wand", "plan"),
      { label: t("Export to iCalendar…"), icon: "export", action: "export", disabled: false },
      open,
    ],
    loads: rotaLoads(desk, month.slice(0, 4), { t, language }),
    flaws: sayFlaws(flaws, desk, { t, language }),
  };
}

function labels(t: Translate): RotaLabels {
  return {
    heading: t("Rota"),
    loading: t("Opening the rota…"),
    before: t("Previous month"),
    after: t("Next month"),
    today: t("Today"),
    actions: t("Change who is on duty"),
    keys: t("Arrow keys go from day to day, Page Up and Page Down from month to month, Home to today. The commands above begin with the chosen day."),
    away: t("Away: {0}"),
    chosen: t("Chosen day"),
    nothing: t("Nobody is meant to be on duty."),
    flaws: t("What to look at in the next 8 weeks"),
    noFlaws: t("Nothing: somebody who is there has every role, and nobody has two turns in a row."),
  };
}
