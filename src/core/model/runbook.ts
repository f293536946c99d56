import type { StepPart } from "./checklist";
import type { Problem } from "./problem";

/** A Markdown file as a procedure. Lines are counted from 0; `endLine` is exclusive. */
export interface Runbook {
  readonly path: string;
  readonly title: string;
  /** Short hash of the text: changes whenever the text does. */
  readonly revision: string;
  readonly details: RunbookDetails;
  readonly sections: readonly RunbookSection[];
  /** All steps in the order of the text; sub-steps follow their step. */
  readonly steps: readonly RunbookStep[];
  readonly templates: readonly IssueTemplate[];
  readonly commands: readonly RunbookCommand[];
  /** Links to other Markdown files of the workspace. */
  readonly links: readonly RunbookLink[];
  readonly problems: readonly Problem<RunbookProblemCode>[];
}

/** What the front matter says; every field is optional and unknown fields are left alone. */
export interface RunbookDetails {
  readonly kind?: string;
  readonly labels: readonly string[];
  readonly repository?: string;
  readonly assign?: string;
  readonly priority?: string;
  readonly role?: string;
  readonly when?: ChecklistTime;
  readonly match: readonly string[];
  /** How long after a run began each step is to be done that says nothing else itself. */
  readonly within?: string;
  readonly respondWithin?: string;
  readonly updateEvery?: string;
  readonly reviewed?: string;
  readonly reviewEvery?: string;
}

export type ChecklistTime = "start-of-day" | "during-day" | "end-of-day" | "start-of-turn" | "end-of-turn";

export interface RunbookSection {
  readonly id: string;
  readonly title: string;
  readonly depth: number;
  readonly line: number;
  readonly endLine: number;
  readonly gate: boolean;
}

export interface RunbookStep {
  /** Survives edits elsewhere in the file: made from the section and the step's own words. */
  readonly id: string;
  /** One line of inline Markdown. */
  readonly text: string;
  readonly line: number;
  readonly endLine: number;
  readonly depth: number;
  readonly source: "task" | "numbered" | "section";
  readonly part: StepPart;
  /** Id of the section it stands in; absent before the first heading. */
  readonly section?: string;
  /** Id of the step it is a sub-step of. */
  readonly parent?: string;
  /** Names of desk roles mentioned with @, without the @. */
  readonly roles: readonly string[];
  readonly mentions: readonly KindMention[];
  /** Workspace paths of runbooks that the step links to. */
  readonly runbooks: readonly string[];
  /** How long after the run began it is to be done, as in `15m`. */
  readonly within?: string;
}

/** `[REQUEST]` in a step, and what the words around it ask to be done with that kind. */
export interface KindMention {
  /** The desk's name of the kind, in its own spelling. */
  readonly kind: string;
  readonly action: "create" | "update" | "close" | "mention";
}

/** A fenced `issue` block: what a linked issue is made from. Texts may hold `{{variables}}`. */
export interface IssueTemplate {
  readonly id: string;
  readonly line: number;
  readonly endLine: number;
  /** Id of the step in whose list item it stands, else of the nearest step above it in its section. */
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
  /** Path from the workspace folder, without the fragment. */
  readonly path: string;
  readonly fragment?: string;
  readonly line: number;
}

export type RunbookProblemCode =
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
  | "nearBox";

/** How many issues a step asks to be created: one of each of its templates, and one of each kind it names that has none. */
export function issuesAskedFor({ templates }: Pick<Runbook, "templates">, { id, mentions }: Pick<RunbookStep, "id" | "mentions">): number {
  const own = templates.filter(({ step }) => step === id);
  const kinds = new Set(mentions.flatMap(({ action, kind }) => (action === "create" && !own.some((template) => template.kind === kind) ? [kind] : [])));
  return own.length + kinds.size;
}
