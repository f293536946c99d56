import * as vscode from "vscode";
import { groupings, type ReportFilter } from "../../../core/metrics/groups";
import { datesOf, periodFlaw, type PeriodName, periodNames } from "../../../core/metrics/period";
import type { ReportRequest } from "../../../core/metrics/report";
import type { Desk } from "../../../core/model/desk";
import { isDate } from "../../../core/model/calendarDate";
import { isRecord } from "../../../core/model/plainData";
import { describePeriod, formatRange, periodText } from "../../ui/periodLabels";
import { next, promptAll, type Question } from "../../ui/inputFlow";
import { enterText, pickOne } from "../../ui/quickPick";
import { plainLabel } from "../../ui/safeText";

interface PeriodState {
  readonly name: PeriodName | "dates";
  readonly from: string;
  readonly to: string;
  readonly kind?: string;
}

/** The period and the filter in a command's argument, as the dashboard passes them. `undefined` if there are none. */
export function requestIn(argument: unknown): ReportRequest | undefined {
  if (!isRecord(argument)) return undefined;
  const { from, to, only } = argument;
  if (typeof from !== "string" || typeof to !== "string" || periodFlaw(from, to) !== undefined) return undefined;
  return { from, to, only: filterIn(only) };
}

/** Asks for the period of a report, and for a kind of issue if the desk has several. */
export async function askPeriod(title: string, desk: Desk, today: string): Promise<ReportRequest | undefined> {
  const { from, to } = datesOf("lastMonth", today);
  const state = await promptAll<PeriodState>(title, { name: "lastMonth", from, to }, [...periodQuestions(today), kindQuestion(desk)]);
  return state === undefined ? undefined : { from: state.from, to: state.to, only: state.kind === undefined ? {} : { kind: state.kind } };
}

function filterIn(value: unknown): ReportFilter {
  const given = isRecord(value) ? value : {};
  return Object.fromEntries(groupings.flatMap((by) => (typeof given[by] === "string" ? [[by, given[by]]] : [])));
}

function periodQuestions(today: string): readonly Question<PeriodState>[] {
  const t = vscode.l10n.t;
  const { language } = vscode.env;
  return [
    {
      ask: async (known, flowStep) => {
        const answer = await pickOne<PeriodState["name"]>({
          flowStep,
          placeholder: t("Select a period"),
          choices: [
            ...periodNames.map((name) => ({ label: describePeriod(name, t), description: formatRange(datesOf(name, today), language), value: name })),
            { label: t("Other Dates…"), value: "dates" },
          ],
          active: (name) => name === known.name,
        });
        if (answer.kind !== "next") return answer;
        return next({ ...known, name: answer.value, ...(answer.value === "dates" ? {} : datesOf(answer.value, today)) });
      },
    },
    {
      applies: ({ name }) => name === "dates",
      ask: async (known, flowStep) => {
        const answer = await enterText({ flowStep, prompt: t("First day, such as {0}", today), value: known.from, refuse: (typed) => (isDate(typed) ? undefined : t("Enter a date like {0}.", today)) });
        return answer.kind === "next" ? next({ ...known, from: answer.value }) : answer;
      },
    },
    {
      applies: ({ name }) => name === "dates",
      ask: async (known, flowStep) => {
        const answer = await enterText({ flowStep, prompt: t("Last day (included)"), value: known.to >= known.from ? known.to : known.from, refuse: (typed) => periodText(periodFlaw(known.from, typed), t) });
        return answer.kind === "next" ? next({ ...known, to: answer.value }) : answer;
      },
    },
  ];
}

function kindQuestion({ kinds }: Desk): Question<PeriodState> {
  const t = vscode.l10n.t;
  return {
    applies: () => kinds.length > 1,
    ask: async ({ kind: _kind, ...known }, flowStep) => {
      const answer = await pickOne({
        flowStep,
        placeholder: t("Select the issues to include in the report"),
        choices: [{ label: t("All Issues"), value: "" }, ...kinds.map(({ name }) => ({ label: plainLabel(name), value: name }))],
      });
      return answer.kind === "next" ? next({ ...known, ...(answer.value === "" ? {} : { kind: answer.value }) }) : answer;
    },
  };
}
