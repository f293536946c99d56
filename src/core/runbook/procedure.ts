import type { Desk, RoleChecklist } from "../model/desk";
import { procedurePath } from "../model/procedurePath";
import type { Runbook, RunbookSection, RunbookStep } from "../model/runbook";

/**
 * One section of a runbook as a runbook of its own, with the sections below it. The front matter of the file applies, except for
 * the time of the day at which it is due. If the section has no steps, the items of its lists are steps, and if it has no lists,
 * the section itself is the only step. Returns `undefined` when there is no section with that slug.
 */
export function sectionRunbook(runbook: Runbook, slug: string): Runbook | undefined {
  const section = runbook.sections.find((one) => one.slug === slug) ?? runbook.sections.find((one) => one.slug === slug.toLowerCase());
  if (section === undefined) return undefined;
  const isInside = ({ line }: { readonly line: number }): boolean => section.line <= line && line < section.endLine;
  const inside = runbook.sections.filter(isInside);
  const { when: _when, ...details } = runbook.details;
  return {
    ...runbook,
    path: procedurePath(runbook.file, section.slug),
    details,
    title: sectionTitle(section) || runbook.title,
    sections: inside,
    steps: stepsOfSection(runbook, section).map((step) => withoutOutside(step, isInside, runbook)),
    charts: runbook.charts.filter(isInside),
    bullets: runbook.bullets.filter(isInside),
    templates: runbook.templates.filter(isInside),
    commands: runbook.commands.filter(isInside),
    links: runbook.links.filter(isInside),
    problems: runbook.problems.filter(({ range }) => isInside({ line: range.startLine })),
  };
}

/** The title of a section without the colon that leads to its list. */
export function sectionTitle({ title }: Pick<RunbookSection, "title">): string {
  return title.replace(/\s*[:\uFF1A]$/, "");
}

function stepsOfSection({ steps, bullets }: Runbook, section: RunbookSection): readonly RunbookStep[] {
  const isInside = ({ line }: RunbookStep): boolean => section.line < line && line < section.endLine;
  const own = steps.filter(isInside);
  if (own.some(({ source }) => source !== "section") || (own.length > 0 && section.startable)) return own;
  const listed = bullets.filter(isInside);
  if (listed.length > 0) return listed;
  const { title, line, endLine, id } = section;
  return own.length > 0 ? own : [{ id, text: `Follow: ${title}`, line, endLine, depth: 0, source: "section", part: "step", section: id, roles: [], mentions: [], runbooks: [] }];
}

/** A section can start below the parent of one of its steps: in a list that a heading interrupts. */
function withoutOutside(step: RunbookStep, isInside: (step: RunbookStep) => boolean, { steps }: Runbook): RunbookStep {
  if (step.parent === undefined) return step;
  const parent = steps.find(({ id }) => id === step.parent);
  if (parent === undefined || isInside(parent)) return step;
  const { parent: _parent, ...rest } = step;
  return rest;
}

/**
 * The sections that can be started by themselves, besides the whole file: those with steps, except gates, and except the first
 * heading that contains all steps.
 */
export function sectionsToStart({ sections, steps }: Pick<Runbook, "sections" | "steps">): readonly RunbookSection[] {
  const whole = sections.find(({ line, endLine }) => steps.every((step) => line <= step.line && step.line < endLine));
  return sections.filter((section) => section.startable && !section.gate && section !== whole);
}

/** The innermost section that contains a line. */
export function sectionAt({ sections }: Pick<Runbook, "sections">, line: number): RunbookSection | undefined {
  return sections.findLast((section) => section.line <= line && line < section.endLine);
}

/** The sections that hold steps of their own, in document order: the procedures of a file that holds several. */
export function proceduresOf({ sections, steps }: Pick<Runbook, "sections" | "steps">): readonly RunbookSection[] {
  const holders = new Set(steps.flatMap(({ section, source }) => (section === undefined || source === "section" ? [] : [section])));
  return sections.filter(({ id }) => holders.has(id));
}

/**
 * Whether a file is a handbook: a text with several procedures that are never done in one go. The front matter decides
 * (`handbook: true`). Otherwise: at least two sections have steps, most of these are not numbered parts of one procedure, none
 * is a gate, and either two of them are flowcharts or more sections explain than have steps.
 */
export function isHandbook(runbook: Pick<Runbook, "sections" | "steps" | "details">): boolean {
  if (runbook.details.handbook !== undefined) return runbook.details.handbook;
  const procedures = proceduresOf(runbook);
  if (procedures.length < 2 || runbook.sections.some(({ gate }) => gate)) return false;
  const numbered = procedures.filter(({ title }) => headingNumber(title) !== undefined).length;
  if (numbered > 1 && 2 * numbered > procedures.length) return false;
  const charts = new Set(runbook.steps.flatMap(({ section, source }) => (source === "chart" && section !== undefined ? [section] : [])));
  if (charts.size > 1) return true;
  const held = new Set(procedures.map(({ id }) => id));
  const leaves = runbook.sections.filter((section, index) => (runbook.sections[index + 1]?.depth ?? 0) <= section.depth);
  return leaves.filter(({ id }) => !held.has(id)).length > procedures.length;
}

/** The titles of the sections around a section, outermost first, without the title of the file. */
export function headingPath({ sections, title }: Pick<Runbook, "sections" | "title">, section: RunbookSection): readonly string[] {
  return sections.filter((one) => one.line < section.line && section.line < one.endLine && one.depth < section.depth).map((one) => one.title).filter((one) => one !== title);
}

/** The section whose slug is most like a slug that is not there, or `undefined` when none is similar. */
export function nearestSection(sections: readonly RunbookSection[], slug: string): RunbookSection | undefined {
  const wanted = new Set(slug.toLowerCase().split("-").filter((word) => word !== ""));
  const ranked = sections.map((section) => {
    const words = new Set(section.slug.split("-").filter((word) => word !== ""));
    const common = [...wanted].filter((word) => words.has(word)).length;
    return { section, similarity: (2 * common) / (wanted.size + words.size || 1) };
  });
  const best = ranked.reduce<(typeof ranked)[number] | undefined>((top, one) => (one.similarity > (top?.similarity ?? 0) ? one : top), undefined);
  return best !== undefined && best.similarity >= 0.5 ? best.section : undefined;
}

/**
 * The runbooks with titles that differ, so that the issues of their checklists differ too: where several have a title, the
 * role follows, then the name of the file, then a number.
 */
export function withDistinctTitles(runbooks: readonly Runbook[]): readonly Runbook[] {
  const roleOf = ({ details }: Runbook): string => details.role ?? "";
  const nameOf = ({ file }: Runbook): string => file.split("/").at(-1) ?? file;
  return [roleOf, nameOf].reduce<readonly Runbook[]>(
    (all, more) => all.map((one) => (all.some((other) => other !== one && other.title === one.title && more(other) !== more(one)) && more(one) !== "" ? { ...one, title: `${one.title} (${more(one)})` } : one)),
    runbooks,
  ).map((one, index, all) => {
    const before = all.slice(0, index).filter(({ title }) => title === one.title).length;
    return before === 0 ? one : { ...one, title: `${one.title} (${before + 1})` };
  });
}

/** The checklists that `desk.yml` lists, with paths relative to the workspace folder. */
export function deskChecklists({ checklists }: Pick<Desk, "checklists">, deskFolder: string): readonly RoleChecklist[] {
  return deskFolder === "" ? checklists : checklists.map((one) => ({ ...one, runbook: `${deskFolder}/${one.runbook}` }));
}

/** The runbook with the role and time that `desk.yml` gives it, which override its front matter. */
export function withDeskChecklist(runbook: Runbook, desk: Pick<Desk, "checklists">, deskFolder: string): Runbook {
  const listed = deskChecklists(desk, deskFolder).find((one) => one.runbook === runbook.path);
  if (listed === undefined) return runbook;
  const { role: _role, ...details } = runbook.details;
  return { ...runbook, details: { ...details, when: listed.when, ...(listed.role === undefined ? {} : { role: listed.role }) } };
}

/** The number at the start of a heading that also has text. Of `2.1`, the last part. */
export function headingNumber(title: string): number | undefined {
  const [, plain, word] = /^(?:(?:\d{1,3}\.){0,3}(\d{1,3})[.):]?\s+(?=\S)|(?:step|phase|schritt|\u00e9tape|etape|paso|passo|passaggio|stap|krok|steg|\u0448\u0430\u0433|\u044d\u0442\u0430\u043f|\u624b\u9806|\u6b65\u9aa4|\u7b2c)\s*(\d{1,3})(?!\d)[^\p{L}\p{N}]*(?=\S))/iu.exec(title) ?? [];
  const digits = plain ?? word;
  return digits === undefined ? undefined : Number(digits);
}
