import { parseDuration } from "../model/desk";
import type { MarkdownBlock, MarkdownDocument, MarkdownLink } from "../model/markdownDocument";
import { withoutComments } from "../model/markdownText";
import type { Problem } from "../model/problem";
import { procedurePath } from "../model/procedurePath";
import type { IssueTemplate, Runbook, RunbookCommand, RunbookProblemCode, RunbookStep } from "../model/runbook";
import { typedNames } from "../model/stepRequests";
import { textHash } from "../model/textHash";
import { readFrontMatter } from "./details";
import { isTemplate, readTemplate } from "./issueTemplate";
import { resolveRunbookLink } from "./links";
import type { RunbookContext } from "./runbookContext";
import { stepRequests } from "./requestProblems";
import { mergeSteps, readCharts, withCharts } from "./runbookCharts";
import { readTimer } from "./stepTimer";
import { findSections, type SectionDraft, sectionFinder, sectionIds, sectionSlugs, startableSections } from "./sections";
import { findBullets, findSteps, innermostStep, type StepContent, stepContents, type StepDraft, stepIds } from "./steps";
import { type FoundLink, lineRange, withProblems } from "./textProblems";

type RunbookProblem = Problem<RunbookProblemCode>;

/**
 * Converts a Markdown document to a runbook. Every Markdown file is valid: unknown content is ignored, and certain mistakes are
 * listed as problems. `path` is relative to the workspace folder.
 */
export function parseRunbook(path: string, text: string, document: MarkdownDocument, context: RunbookContext): Runbook {
  const { blocks, lines } = document;
  const frontMatter = readFrontMatter(document.frontMatter, context);
  const sections = findSections(blocks, lines.length);
  const namesOfSections = sectionIds(sections);
  const drafts = findSteps(blocks, sections);
  const ids = stepIds(drafts, sections);
  const links = findLinks(path, document.links);
  const typed = typedNames(drafts.map(({ text: written }) => written));
  const variables = context.roles.filter((role) => !typed.has(role));
  const toSteps = (all: readonly StepDraft[], names: readonly string[]): readonly RunbookStep[] => {
    const contents = stepContents(all, blocks, context);
    const linksByStep = groupByStep(path, all, links);
    return all.map((draft, index) => finishStep(draft, {
      id: names[index] ?? "",
      section: draft.section === undefined ? undefined : namesOfSections[draft.section],
      parent: draft.parent === undefined ? undefined : names[draft.parent],
      content: contents[index],
      runbooks: linksByStep.get(index) ?? none,
      within: frontMatter.details.within,
      roles: variables,
    }));
  };
  const slugs = sectionSlugs(sections);
  const named = sections.map(({ title, depth, line, endLine, gate }, index) => ({ id: namesOfSections[index] ?? "", slug: slugs[index] ?? "", title, depth, line, endLine, gate }));
  const listed = toSteps(drafts, ids);
  const charts = readCharts(blocks, { path, sections: named, sectionOf: sectionFinder(sections), listed, within: frontMatter.details.within, context });
  const { steps, others } = withCharts(listed, charts.groups);
  const bullets = findBullets(blocks, sections, drafts);
  const known = new Set(steps.map(({ id }) => id));
  const startable = startableSections(sections, [...drafts.filter((_, index) => known.has(ids[index] ?? "")), ...charts.groups.map(({ section }) => ({ section, source: "chart" as const }))]);
  const { templates, problems } = readTemplates(document, context, { drafts, ids, sections });
  const runbook = {
    path,
    file: path,
    title: frontMatter.title ?? firstTitle(blocks) ?? fileName(path),
    revision: revisionOf(text),
    details: frontMatter.details,
    sections: named.map((section, index) => ({ ...section, startable: startable.has(index) })),
    steps,
    bullets: mergeSteps(bullets.length === 0 ? [] : toSteps(bullets, stepIds(bullets, sections)), others),
    charts: charts.charts,
    templates,
    commands: findCommands(blocks),
    links: links.map(({ link }) => link),
  };
  return withProblems(runbook, { document, context, drafts, sections, links, charts: charts.charts, found: [...frontMatter.problems, ...problems] });
}

interface StepFindings {
  readonly id: string;
  readonly section: string | undefined;
  readonly parent: string | undefined;
  readonly content: StepContent | undefined;
  readonly runbooks: readonly string[];
  /** The deadline if the step's own text contains none. */
  readonly within: string | undefined;
  /** Names of roles that are variables without a type, not fields. */
  readonly roles: readonly string[];
}

// Fields are listed because spreading an object for each step is slower than parsing its Markdown.
function finishStep(draft: StepDraft, { id, section, parent, content, runbooks, within, roles }: StepFindings): RunbookStep {
  const { line, endLine, depth, source, part } = draft;
  const step: { -readonly [Key in keyof RunbookStep]: RunbookStep[Key] } = {
    id,
    text: withoutComments(draft.text) || draft.text,
    line,
    endLine,
    depth,
    source,
    part,
    roles: content?.roles ?? [],
    mentions: content?.mentions ?? [],
    runbooks,
  };
  const own = readTimer(draft.text);
  const due = own !== undefined && parseDuration(own) !== undefined ? own : within;
  if (due !== undefined) step.within = due;
  const { fields, approval, commentRequired } = stepRequests(draft.text, { roles });
  if (fields.length > 0) step.fields = fields;
  if (approval !== undefined) step.approval = approval;
  if (commentRequired) step.commentRequired = true;
  if (section !== undefined) step.section = section;
  if (parent !== undefined) step.parent = parent;
  return step;
}

/** A hash of the text that does not depend on line breaks. */
function revisionOf(text: string): string {
  const plain = text.startsWith("\uFEFF") ? text.slice(1) : text;
  return textHash(plain.includes("\r") ? plain.replace(/\r\n?/g, "\n") : plain, 8);
}

function firstTitle(blocks: readonly MarkdownBlock[]): string | undefined {
  for (const block of blocks) if (block.kind === "heading" && block.plain !== "" && block.within === undefined && !block.quoted) return block.plain;
  return undefined;
}

function fileName(path: string): string {
  const name = path.split("/").at(-1) ?? path;
  return name.replace(/(?<=.)\.[^.]+$/, "");
}

function findCommands(blocks: readonly MarkdownBlock[]): readonly RunbookCommand[] {
  const commands: RunbookCommand[] = [];
  for (const block of blocks) {
    const language = block.kind === "fence" ? shellLanguage(block.info) : undefined;
    if (block.kind === "fence" && language !== undefined) commands.push({ language, text: block.text, line: block.line, endLine: block.endLine });
  }
  return commands;
}

function findLinks(path: string, links: readonly MarkdownLink[]): readonly FoundLink[] {
  return links.flatMap(({ href, line, column, endColumn }) => {
    const target = resolveRunbookLink(path, href);
    if (target === undefined) return [];
    return [{ link: { ...target, line }, range: { startLine: line, startColumn: column, endLine: line, endColumn } }];
  });
}

/** The runbooks and sections that each step links to. */
function groupByStep(path: string, steps: readonly StepDraft[], links: readonly FoundLink[]): ReadonlyMap<number, readonly string[]> {
  const groups = new Map<number, Set<string>>();
  const stepAt = innermostStep(steps);
  for (const { link } of links) {
    const step = stepAt(link.line);
    if (step === undefined) continue;
    const target = procedurePath(link.path, link.fragment);
    if (target === path) continue;
    const group = groups.get(step);
    if (group === undefined) groups.set(step, new Set([target]));
    else group.add(target);
  }
  return new Map([...groups].map(([step, paths]) => [step, [...paths]]));
}

const none: readonly string[] = [];

interface FoundSteps {
  readonly drafts: readonly StepDraft[];
  readonly ids: readonly string[];
  readonly sections: readonly SectionDraft[];
}

function readTemplates(document: MarkdownDocument, context: RunbookContext, found: FoundSteps): { readonly templates: readonly IssueTemplate[]; readonly problems: readonly RunbookProblem[] } {
  const templates: IssueTemplate[] = [];
  const problems: RunbookProblem[] = [];
  const taken = new Map<string, number>();
  const stepAt = innermostStep(found.drafts);
  const above = nearestStepAbove(found);
  for (const block of document.blocks) {
    if (block.kind !== "fence" || !isTemplate(block)) continue;
    const reading = readTemplate(block, lineRange(document.lines, block.line), context);
    problems.push(...reading.problems);
    if (reading.template === undefined) continue;
    const name = `${reading.template.kind}\n${reading.template.title}`;
    const count = (taken.get(name) ?? 0) + 1;
    taken.set(name, count);
    const step = found.ids[stepAt(block.line) ?? above(block.line) ?? -1];
    templates.push({ ...reading.template, id: textHash(count === 1 ? name : `${name}\n${count}`, 6), ...(step === undefined ? {} : { step }) });
  }
  return { templates, problems };
}

/** Finds the last step that starts above a line in the same section. Lines must be requested in ascending order. */
function nearestStepAbove({ drafts, sections }: FoundSteps): (line: number) => number | undefined {
  const sectionOf = sectionFinder(sections);
  const state = { next: 0 };
  return (line) => {
    while ((drafts[state.next]?.line ?? Infinity) < line) state.next += 1;
    const last = state.next - 1;
    return last >= 0 && drafts[last]?.section === sectionOf(line) ? last : undefined;
  };
}

const shells = new Set(
  "sh bash shell zsh fish ksh csh tcsh dash ash shell-script shellscript console terminal shell-session shellsession sh-session bash-session powershell pwsh posh ps1 bat batch batchfile dosbatch dos cmd".split(" "),
);

/** The shell language in a fence's info string (`bash`, `{.sh}`, `language-sh`), in lower case. Returns `undefined` for other languages. */
function shellLanguage(info: string): string | undefined {
  const name = /^\{?\s*\.?(?:lang(?:uage)?-)?([\w+-]+)/.exec(info.trim())?.[1]?.toLowerCase();
  return name !== undefined && shells.has(name) ? name : undefined;
}

