import type { StepPart } from "./checklist";
import type { Flowchart, FlowProblemCode } from "./flowchart";
import type { Problem } from "./problem";
import type { StepField } from "./stepRequests";

/** A Markdown file as a procedure. Lines are zero-based, `endLine` is exclusive. */
export interface Runbook {
  /** The procedure's path: that of the file, or of a section of it (`file.md#slug`). */
  readonly path: string;
  /** Path of the file relative to the workspace folder. */
  readonly file: string;
  readonly title: string;
  /** Short hash of the text. */
  readonly revision: string;
  readonly details: RunbookDetails;
  readonly sections: readonly RunbookSection[];
  /** All steps in document order. Sub-steps follow their step. */
  readonly steps: readonly RunbookStep[];
  /** The items of plain lists in sections without steps. They are steps only when their section is started by itself. */
  readonly bullets: readonly RunbookStep[];
  /** The Mermaid flowcharts of the text. */
  readonly charts: readonly RunbookChart[];
  readonly templates: readonly IssueTemplate[];
  readonly commands: readonly RunbookCommand[];
  /** Links to other Markdown files of the workspace. */
  readonly links: readonly RunbookLink[];
  /** What is wrong with the text. It is checked when somebody asks. */
  readonly problems: readonly Problem<RunbookProblemCode>[];
}

/** The front matter. Every field is optional, and unknown fields are ignored. */
export interface RunbookDetails {
  readonly kind?: string;
  readonly labels: readonly string[];
  readonly repository?: string;
  readonly assign?: string;
  readonly priority?: string;
  readonly role?: string;
  readonly when?: ChecklistTime;
  readonly match: readonly string[];
  /** Deadline relative to the start of the checklist, for steps without their own. */
  readonly within?: string;
  readonly respondWithin?: string;
  readonly updateEvery?: string;
  readonly reviewed?: string;
  readonly reviewEvery?: string;
  /** Whether the file holds several procedures that are started one by one. */
  readonly handbook?: boolean;
}

export type ChecklistTime = (typeof checklistTimes)[number];

/** The values of `when`. */
export const checklistTimes = ["start-of-day", "during-day", "end-of-day", "start-of-shift", "end-of-shift"] as const;

export interface RunbookSection {
  readonly id: string;
  /** The name of the heading in links, as GitHub generates it. */
  readonly slug: string;
  readonly title: string;
  readonly depth: number;
  readonly line: number;
  readonly endLine: number;
  readonly gate: boolean;
  /** Whether it contains steps, so that it can be started by itself. */
  readonly startable: boolean;
}

export interface RunbookStep {
  /** Stable when other parts of the file change: derived from the section and the step's text. */
  readonly id: string;
  /** One line of inline Markdown. */
  readonly text: string;
  readonly line: number;
  readonly endLine: number;
  readonly depth: number;
  readonly source: "task" | "numbered" | "bullet" | "section" | "chart";
  readonly part: StepPart;
  /** Id of the section that contains it. Absent before the first heading. */
  readonly section?: string;
  /** Id of the parent step, if this is a sub-step. */
  readonly parent?: string;
  /** Names of desk roles that are mentioned with @, without the @. */
  readonly roles: readonly string[];
  readonly mentions: readonly KindMention[];
  /** Procedure paths of the runbooks and sections that the step links to. */
  readonly runbooks: readonly string[];
  /** Deadline relative to the start of the checklist, such as `15m`. */
  readonly within?: string;
  /** The values that it asks for. */
  readonly fields?: readonly StepField[];
  /** The logins and roles, one of which approves it. */
  readonly approval?: { readonly by: readonly string[] };
  readonly commentRequired?: true;
  /** On steps of a flowchart and on the exits of its decisions: ids of the steps that follow. */
  readonly next?: readonly string[];
  /** It need not be done. */
  readonly optional?: true;
  /** A sub-procedure of a flowchart that no runbook describes. Its work can need issues of any kind. */
  readonly needsIssues?: true;
  /** The subgraph of a flowchart that contains it. */
  readonly stage?: { readonly id: string; readonly title: string };
}

/** A mention such as `[REQUEST]` in a step, and the action that the step's text asks for. */
export interface KindMention {
  /** The name of the kind as spelled in the desk. */
  readonly kind: string;
  readonly action: "create" | "update" | "close" | "mention";
}

/** A fenced `issue` block: the template of a linked issue. Texts can contain `{{variables}}`. */
export interface IssueTemplate {
  readonly id: string;
  readonly line: number;
  readonly endLine: number;
  /** Id of the step whose list item contains it, otherwise of the nearest step above in its section. */
  readonly step?: string;
  readonly kind: string;
  readonly repository?: string;
  readonly title: string;
  readonly labels: readonly string[];
  readonly assign?: string;
  readonly priority?: string;
  readonly body: string;
}

export interface RunbookCommand {
  readonly language: string;
  readonly text: string;
  readonly line: number;
  readonly endLine: number;
}

export interface RunbookLink {
  /** Path relative to the workspace folder, without the fragment. */
  readonly path: string;
  readonly fragment?: string;
  readonly line: number;
}

/** A flowchart in a fenced block. Lines of its nodes count from the line below the fence. */
export interface RunbookChart {
  readonly line: number;
  readonly endLine: number;
  /** Id of the section that contains it. */
  readonly section?: string;
  readonly chart: Flowchart;
  /** Whether it draws a procedure, so that it should be possible to run it. */
  readonly isProcedure: boolean;
  /** Whether its nodes are steps. A chart with problems, and one that only draws the list of its section, has none. */
  readonly runs: boolean;
  /** The start of the ids of its steps. */
  readonly prefix: string;
}

export type RunbookProblemCode =
  | FlowProblemCode
  | "badFrontMatter"
  | "unknownKind"
  | "unknownRole"
  | "unknownPriority"
  | "badDate"
  | "badDuration"
  | "badWhen"
  | "badTemplate"
  | "unclosedTemplate"
  | "brokenLink"
  | "emptyGate"
  | "cutLabel"
  | "nearBox"
  | "unknownFieldType"
  | "fewChoices"
  | "fieldTwoTypes"
  | "ownVariable"
  | "unclosedField"
  | "unknownApprover"
  | "noApprover"
  | "severalApprovals";

/** Number of issues that a step asks to create: one for each of its templates, and one for each mentioned kind without a template. */
export function issuesAskedFor({ templates }: Pick<Runbook, "templates">, { id, mentions }: Pick<RunbookStep, "id" | "mentions">): number {
  const own = templates.filter(({ step }) => step === id);
  const kinds = new Set(mentions.flatMap(({ action, kind }) => (action === "create" && !own.some((template) => template.kind === kind) ? [kind] : [])));
  return own.length + kinds.size;
}

/** The id of the step of a flowchart's node, which stays the same when the node's text changes. */
export function chartStepId({ prefix }: Pick<RunbookChart, "prefix">, node: string): string {
  return `${prefix}.${node}`;
}
