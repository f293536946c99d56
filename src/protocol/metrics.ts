import * as v from "valibot";
import { groupings } from "../core/metrics/groups";
import { refSchema } from "../core/markup/linkRegion";
import { finiteNumber, type Infer } from "../core/model/parseData";
import { noReply, type PanelProtocol } from "./panel";

const date = v.pipe(v.string(), v.regex(/^\d{4}-\d\d-\d\d$/));

const clock = v.picklist(["business", "wall"]);

/** The value that issues must have. */
const only = v.object({ by: v.picklist(groupings), name: v.string() });

export type MetricsFilter = Infer<typeof only>;

const subject = v.object({
  /** The name of a period relative to today; absent for the dates. */
  period: v.exactOptional(v.picklist(["thisWeek", "lastWeek", "thisMonth", "lastMonth", "thisQuarter", "lastQuarter"])),
  from: v.exactOptional(date),
  to: v.exactOptional(date),
  only: v.exactOptional(only),
  clock: v.exactOptional(clock),
});

/** What the figures are about: a period, by default this month, and which issues if not all; and in which time they are shown. */
export type MetricsSubject = Infer<typeof subject>;

const action = v.picklist(["insertReport", "exportCsv", "exportMarkdown", "definitions", "cancel", "read", "refresh", "declare", "signIn", "openDesk"]);

export type MetricsAction = Infer<typeof action>;

const toHost = v.variant("kind", [
  v.object({ kind: v.literal("show"), subject }),
  /** Lists the issues behind a figure, or closes the list. */
  v.object({ kind: v.literal("list"), of: v.exactOptional(v.string()) }),
  v.object({ kind: v.literal("openIssue"), ref: refSchema }),
  v.object({ kind: v.literal("openFile"), path: v.string() }),
  v.object({ kind: v.literal("act"), action }),
]);

export type MetricsToHost = Infer<typeof toHost>;

export type MetricsReply = Infer<typeof noReply>;

const button = v.object({ label: v.string(), icon: v.string(), action });

export type MetricsButton = Infer<typeof button>;

const choice = v.object({ value: v.string(), label: v.string() });

/** What a name stands for, for a tooltip: the path of a runbook with a title. */
const hint = v.exactOptional(v.string());

const controls = v.object({
  periods: v.array(choice),
  /** The name of the period; `dates` for other dates. */
  period: v.string(),
  from: date,
  to: date,
  /** Which issues can be shown, in groups such as those by priority. */
  issues: v.array(v.object({ title: v.exactOptional(v.string()), choices: v.array(v.object({ label: v.string(), hint, only: v.exactOptional(only) })) })),
  /** Absent for all issues. */
  only: v.exactOptional(only),
  /** Absent on a desk without business hours, where both times are the same. */
  clocks: v.exactOptional(v.array(choice)),
  clock,
  /** Period, time zone and the previous period, in words. */
  text: v.string(),
  buttons: v.array(button),
});

export type MetricsControls = Infer<typeof controls>;

/** Names the issues behind a figure, in the message `list`. */
const of = v.exactOptional(v.string());

/** A figure as text, and the issues behind it. */
const fact = v.object({ text: v.string(), of, hint });

export type MetricsFact = Infer<typeof fact>;

const figure = v.object({
  id: v.string(),
  title: v.string(),
  value: v.string(),
  of,
  /** What belongs to the value, such as the number of issues, and those that do not have it yet. */
  facts: v.array(fact),
  /** The same figure of the previous period, and the difference. */
  before: fact,
  /** Set if there are so few values that they say little. */
  few: v.exactOptional(v.string()),
  method: v.string(),
});

export type MetricsFigure = Infer<typeof figure>;

const bar = v.object({ name: v.string(), hint, /** 0 to 1. */ value: finiteNumber, /** The figure that the bar shows, and what belongs to it. */ facts: v.array(fact) });

export type MetricsBar = Infer<typeof bar>;

const point = v.object({ name: v.string(), /** 0 to 1; absent without a value. */ value: v.exactOptional(finiteNumber), text: v.string(), of });

export type MetricsPoint = Infer<typeof point>;

const common = { title: v.string(), /** The whole chart in words. */ description: v.string() };

const chart = v.variant("kind", [
  v.object({ kind: v.literal("bars"), ...common, hint, isFolded: v.exactOptional(v.boolean()), bars: v.array(bar) }),
  v.object({ kind: v.literal("columns"), ...common, /** The value at the top. */ top: v.string(), points: v.array(point) }),
  v.object({ kind: v.literal("lines"), ...common, top: v.string(), lines: v.array(v.object({ name: v.string(), points: v.array(point) })) }),
]);

export type MetricsChart = Infer<typeof chart>;

const column = v.object({ text: v.string(), /** Columns next to each other with the same group have it as a common heading. */ group: v.exactOptional(v.string()) });

const table = v.object({
  columns: v.array(column),
  /** How many columns at the start name a row. */
  names: finiteNumber,
  rows: v.array(v.array(fact)),
  note: v.exactOptional(v.string()),
});

export type MetricsTable = Infer<typeof table>;

const section = v.object({ id: v.string(), title: v.string(), facts: v.array(fact), charts: v.array(chart), tables: v.array(table), method: v.string() });

export type MetricsSection = Infer<typeof section>;

const remark = v.object({ name: v.string(), ref: v.exactOptional(refSchema), /** Path of a file that is not an issue. */ file: v.exactOptional(v.string()), text: v.string() });

export type MetricsRemark = Infer<typeof remark>;

const row = v.object({ ref: refSchema, reference: v.string(), title: v.string(), isOpen: v.boolean(), facts: v.string() });

const list = v.object({ of: v.string(), title: v.string(), rows: v.array(row), /** How many more there are. */ more: v.exactOptional(v.string()) });

export type MetricsList = Infer<typeof list>;

const report = v.object({
  kind: v.literal("report"),
  figures: v.array(figure),
  sections: v.array(section),
  /** The same figures by priority, by kind and so on. One is shown at a time. */
  breakdowns: v.array(section),
  leftOut: v.array(remark),
  remarks: v.array(remark),
  method: v.array(v.string()),
  list: v.exactOptional(list),
});

export type MetricsReportView = Infer<typeof report>;

const notice = v.object({ kind: v.literal("notice"), icon: v.string(), title: v.string(), text: v.string(), buttons: v.array(button) });

export type MetricsNotice = Infer<typeof notice>;

const content = v.variant("kind", [notice, report]);

export type MetricsContent = Infer<typeof content>;

/** The names of all texts of the page. */
export const metricsLabelNames = ["heading", "period", "from", "to", "reversed", "issues", "clock", "actions", "cancel", "figures", "breakdown", "table", "method", "leftOut", "noneLeftOut", "notes", "remarks", "noRemarks", "allMethods", "definitions", "close", "showIssues", "open", "closed", "chart", "below", "more"] as const;

const labels = v.object(v.entriesFromList(metricsLabelNames, v.string()));

export type MetricsLabels = Infer<typeof labels>;

const state = v.object({
  language: v.string(),
  labels,
  controls,
  banners: v.array(v.object({ tone: v.picklist(["info", "warning"]), text: v.string(), button: v.exactOptional(button) })),
  /** What a reader should know besides the figures. */
  notes: v.array(v.string()),
  /** What is being read. The content is that of before. */
  progress: v.exactOptional(v.object({ text: v.string(), done: finiteNumber, of: finiteNumber })),
  content,
});

export type MetricsState = Infer<typeof state>;

/** The messages between the metrics panel and its host. */
export const metricsProtocol: PanelProtocol<MetricsSubject, MetricsState, MetricsToHost, MetricsReply> = { subject, state, toHost, reply: noReply };
