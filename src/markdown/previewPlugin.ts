import type MarkdownIt from "markdown-it";
import { escapePattern } from "../core/model/markdownText";
import { issuesAskedFor, type Runbook, type RunbookStep } from "../core/model/runbook";
import { isHandbook, sectionsToStart } from "../core/runbook/procedure";
import { chartList } from "./previewChart";
import {
  box,
  card,
  checklistBox,
  checklistLine,
  chip,
  commandButton,
  contextValue,
  diagramSteps,
  note,
  type PreviewContext,
  type PreviewLabels,
  type ShownChecklist,
  type ShownStep,
  sectionButton,
  stepButtons,
  stepTextTags,
  toolbar,
} from "./previewParts";

/** What the preview needs from the desk. */
export interface PreviewOptions {
  /** Workspace path of the displayed document if it is one of the desk's runbooks. `environment` is the renderer's. */
  readonly runbookPath: (environment: unknown) => string | undefined;
  /** `undefined` while the desk is not loaded. */
  readonly read: (path: string, text: string) => PreviewReading | undefined;
  /** The URI handler of the extension, for example `vscode://publisher.name`. */
  readonly uriHandler: string;
  readonly labels: PreviewLabels;
}

/** The runbook, the desk's kinds, whether commands can be run, and the displayed checklists of the file and its sections. */
interface PreviewReading {
  readonly runbook: Runbook;
  readonly kinds: readonly string[];
  readonly runnable: boolean;
  readonly runs: readonly ShownChecklist[];
}

/** A markdown-it instance of any version that editors use. */
export type Parser = InstanceType<typeof MarkdownIt>;

type Tokens = ReturnType<Parser["parse"]>;

type Token = Tokens[number];

/**
 * Adds checkboxes, kinds, templates and buttons to previews of the desk's runbooks. The buttons link to our URI handler. Other
 * documents are rendered as without the plugin. All added content is escaped.
 */
export function previewPlugin(parser: Parser, options: PreviewOptions): void {
  // Only the renderer knows the document, and only this rule knows the text.
  const sources = new WeakMap<object, string>();
  parser.core.ruler.push("response_desk_source", (state) => {
    sources.set(state.tokens, state.src);
  });

  const render = parser.renderer.render;
  parser.renderer.rules["response_desk_html"] = (tokens, index) => tokens[index]?.content ?? "";
  parser.renderer.render = function (tokens, settings, environment) {
    const path = options.runbookPath(environment);
    const source = path === undefined ? undefined : sources.get(tokens);
    const reading = path === undefined || source === undefined ? undefined : options.read(path, source);
    const shown = path === undefined || reading === undefined ? tokens : decorate(tokens, reading, { path, uriHandler: options.uriHandler, labels: options.labels });
    return render.call(this, shown, settings, environment);
  };
}

/** Creates new tokens instead of changing the old ones, which the editor keeps and renders again. */
function decorate(tokens: Tokens, { runbook, kinds, runnable, runs }: PreviewReading, context: PreviewContext): Tokens {
  // The checklist of a section is more specific than that of the file.
  const states = new Map([...runs].sort((a, b) => Number(a.section !== undefined) - Number(b.section !== undefined)).flatMap((run) => [...run.steps]));
  const starts = new Map(sectionsToStart(runbook).map((section) => [section.line, section]));
  const running = new Map(runbook.sections.map(({ line, slug }) => [line, runs.filter(({ section }) => section === slug)]));
  const steps = new Map(runbook.steps.map((step) => [step.line, step]));
  const templates = new Map(runbook.templates.map((template) => [template.line, template]));
  const charts = new Map(runbook.charts.flatMap((chart) => (chart.runs ? [[chart.line, chart] as const] : [])));
  const edges = new Set(runs.flatMap((run) => run.edges.map(({ from, to }) => `${from} ${to}`)));
  const commands = new Set(runnable ? runbook.commands.map(({ line }) => line) : []);
  const tokenPattern = kinds.length === 0 ? undefined : new RegExp(`\\[(${kinds.map(escapePattern).join("|")})\\]`, "gi");
  const result: Tokens = [];
  const waiting: { step: RunbookStep | undefined; section: number | undefined } = { step: undefined, section: undefined };
  const sample = tokens[0];
  if (sample === undefined) return tokens;
  const html = (content: string): Token => copy(sample, { type: "response_desk_html", tag: "", nesting: 0, attrs: null, map: null, children: null, content, hidden: false, markup: "", info: "", block: true });

  const top = tokens.findIndex((token) => token.type !== "front_matter");
  tokens.forEach((token, index) => {
    if (index === Math.max(top, 0)) result.push(html(toolbar(context, runbook.details.kind, isHandbook(runbook)) + runs.filter(({ section }) => section === undefined).map((run) => checklistLine(context, run)).join("") + drawn(tokens, runbook, states)));
    const line = token.map?.[0];
    const template = token.type === "fence" && line !== undefined ? templates.get(line) : undefined;
    if (template !== undefined) {
      result.push(html(card(context, template)));
      return;
    }
    if ((token.type === "list_item_open" || token.type === "heading_open") && line !== undefined) {
      const step = steps.get(line);
      waiting.step = step;
      const state = step === undefined ? [] : stateAttributes(states.get(step.id));
      if (step !== undefined && token.type === "list_item_open" && step.source !== "section") {
        result.push(withAttributes(token, [["class", `response-desk-step response-desk-${step.source}`], ...state, ["data-vscode-context", contextValue(context, "step", step.line)]]));
        return;
      }
      if (state.length > 0) {
        result.push(withAttributes(token, state));
        return;
      }
    }
    if (token.type === "heading_open") waiting.section = line;
    if (token.type === "heading_close") {
      result.push(token, ...(running.get(waiting.section ?? -1) ?? []).map((run) => html(checklistLine(context, run))));
      waiting.section = undefined;
      return;
    }
    if (token.type !== "inline") {
      result.push(token);
      const chart = token.type === "fence" && line !== undefined ? charts.get(line) : undefined;
      if (chart !== undefined) result.push(html(chartList(context, chart, { runbook, states, edges, kindPattern: tokenPattern })));
      if (token.type === "fence" && line !== undefined && commands.has(line)) result.push(html(commandButton(context, line)));
      return;
    }
    const step = waiting.step;
    waiting.step = undefined;
    const children = (token.children ?? []).flatMap((child) => chips(child, tokenPattern, html));
    const section = starts.get(waiting.section ?? -1);
    const shown = step === undefined ? children : asStep(children, step, states.get(step.id), issuesAskedFor(runbook, step), context, html);
    result.push(copy(token, { children: section === undefined ? shown : [...shown, html(sectionButton(context, section))] }));
  });
  return result;
}

/** Data for showing the states of list steps in diagrams that draw the list. Empty if there are none. */
function drawn(tokens: Tokens, runbook: Runbook, states: ShownChecklist["steps"]): string {
  if (states.size === 0 || !tokens.some((token) => token.type === "fence" && token.info.trim() === "mermaid")) return "";
  return diagramSteps(runbook.steps.flatMap(({ id, text, source }) => {
    const shown = states.get(id);
    return shown === undefined || source === "chart" ? [] : [{ text, kind: shown.kind, words: shown.words }];
  }));
}

function stateAttributes(shown: ShownStep | undefined): readonly [string, string][] {
  if (shown === undefined) return [];
  return shown.kind === "current" ? [["class", "response-desk-current"], ["aria-current", "step"]] : [["class", `response-desk-${shown.kind}`]];
}

/** The inline content of a step: its checkbox instead of the typed one, its text, its state and its buttons. */
function asStep(children: Tokens, step: RunbookStep, shown: ShownStep | undefined, several: number, context: PreviewContext, html: (content: string) => Token): Tokens {
  const [first, ...rest] = children;
  const buttons = stepButtons(context, step, several);
  const typed = first?.type === "text" ? /^\[([ xX])\]\s*/.exec(first.content) : null;
  const words = first === undefined || typed === null ? children : [copy(first, { content: first.content.slice(typed[0].length) }), ...rest];
  const behind = buttons === "" ? [] : [html(buttons)];
  // If the typed checkbox is missing, another extension has already rendered it.
  const boxed = typed !== null || (step.source === "numbered" && step.part !== "option");
  if (shown === undefined) return [...(boxed ? [html(box(context, typed !== null && typed[1] !== " "))] : []), ...words, ...behind];
  const [open, close] = stepTextTags(shown);
  return [...(boxed || step.part === "option" || step.source === "section" ? [html(checklistBox(step, shown))] : []), html(open), ...words, html(close + note(shown)), ...behind];
}

function chips(child: Token, pattern: RegExp | undefined, html: (content: string) => Token): Tokens {
  if (child.type !== "text" || pattern === undefined || !child.content.includes("[")) return [child];
  return child.content.split(pattern).flatMap((text, index) => {
    if (index % 2 === 1) return [html(chip(text))];
    return text === "" ? [] : [copy(child, { content: text })];
  });
}

function withAttributes(token: Token, attributes: readonly [string, string][]): Token {
  const result = copy(token, { attrs: token.attrs === null ? null : token.attrs.map(([name, value]): [string, string] => [name, String(value)]) });
  for (const [name, value] of attributes) result.attrJoin(name, value);
  return result;
}

/** A copy of a token with other properties, created by the editor's own markdown-it. */
function copy(token: Token, changes: Partial<Token>): Token {
  return Object.assign(Object.create(Object.getPrototypeOf(token)), token, changes);
}
