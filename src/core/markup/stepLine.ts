import type { ChecklistStep, Evidence, LoggedMark, StepMark, StepPart } from "../model/checklist";
import { formatRef, type IssueRef, readRefKey, refKey, type Repository, withId } from "../model/issueRef";
import { decodeMarkValue, encodeMarkValue, escapeComments, formatMark, isMarkedInstant, oneLine, readMark, unescapeComments } from "./hiddenMark";

const stepLine = /^([ \t]*)([-*+]) \[([ xX])\] ([^]*)<!-- desk:step ([^<>]*) -->[ \t]*$/;

const skippedPrefix = "~~ skipped: ";

/**
 * Renders a step as a line of an issue's body. `before` is the text before the checkbox, which people can change, and `times` the
 * number of earlier passes in which it was done.
 */
export function renderStep(step: ChecklistStep, home: Repository, before = `${"  ".repeat(step.depth)}-`, times = 0): string {
  const box = step.mark.kind === "open" ? "[ ]" : "[x]";
  return `${before} ${box} ${visibleText(step)}${visibleSuffix(step, home, times)} <!-- desk:step ${formatStepMark(step, times)} -->`;
}

interface StepLine {
  readonly step: ChecklistStep;
  readonly before: string;
  /** The number of earlier passes that the line shows. */
  readonly times: number;
}

/** Parses a line into a step. Returns `undefined` for other lines. A checkbox that a person changed by hand overrides the mark. */
export function readStep(line: string, home: Repository): StepLine | undefined {
  const found = stepLine.exec(line);
  if (found === null) return undefined;
  const [, indent = "", bullet = "", box = "", shown = "", hidden = ""] = found;
  const mark = readMark(hidden);
  const [id, ...words] = mark.words;
  if (id === undefined) return undefined;
  const links = readStepLinks(mark.values);
  const withoutSpace = shown.endsWith(" ") ? shown.slice(0, -1) : shown;
  const evidence = readEvidence(mark.values.get("evidence"));
  const formerly = readList(mark.values.get("formerly"));
  const within = mark.values.get("within");
  const given = readAssignment(mark.values);
  const next = mark.values.get("next");
  const log = readLog(mark.values.get("log"));
  const times = Number(/^\d{1,6}$/.exec(mark.values.get("times") ?? "")?.[0] ?? 0);
  const suffix = visibleSuffix({ links, evidence, ...given }, home, times);
  const visible = suffix !== "" && withoutSpace.endsWith(suffix) ? withoutSpace.slice(0, -suffix.length) : withoutSpace;
  const { text, reason } = readVisible(visible, words.includes("skipped"));
  const depth = Math.floor(indent.replaceAll("\t", "  ").length / 2);
  const state = readState(box !== " ", words, mark.values, reason);
  return {
    before: indent + bullet,
    times,
    step: {
      kind: "step", id, part: partOf(words), text, depth, links, ...state,
      ...given,
      ...(within === undefined ? {} : { within }),
      ...(formerly.length === 0 ? {} : { formerly }),
      ...(evidence.length === 0 ? {} : { evidence }),
      ...(next === undefined ? {} : { next: readList(next) }),
      ...(words.includes("optional") ? { optional: true as const } : {}),
      ...(log.length === 0 ? {} : { log }),
    },
  };
}

function readList(value: string | undefined): readonly string[] {
  return (value ?? "").split(" ").flatMap((each) => (each === "" ? [] : [decodeMarkValue(each)]));
}

function readStepLinks(values: Values): readonly IssueRef[] {
  const ids = (values.get("ids") ?? "").split(" ");
  return (values.get("links") ?? "").split(" ").flatMap((link, index) => {
    const ref = readRefKey(decodeMarkValue(link));
    return ref === undefined ? [] : [withId(ref, ids[index])];
  });
}

function visibleText(step: ChecklistStep): string {
  const text = oneLine(step.text);
  if (step.mark.kind !== "skipped") return escapeComments(text);
  return escapeComments(`~~${text.replace(/~(\\*)(?=~)/g, "~\\$1")}${skippedPrefix}${oneLine(step.mark.reason)}`);
}

function readVisible(shown: string, skipped: boolean): { readonly text: string; readonly reason: string | undefined } {
  const visible = unescapeComments(shown);
  const end = visible.indexOf(skippedPrefix, 2);
  if (!skipped || !visible.startsWith("~~") || end < 0) return { text: visible, reason: undefined };
  return { text: visible.slice(2, end).replace(/~\\(\\*)(?=~)/g, "~$1"), reason: visible.slice(end + skippedPrefix.length) };
}

function readAssignment(values: Values): Pick<ChecklistStep, "given"> {
  const [login, at] = [values.get("for"), values.get("for-at")];
  return login === undefined || at === undefined || !isMarkedInstant(at) ? {} : { given: { login, at } };
}

function visibleSuffix({ links, given, evidence = [] }: Pick<ChecklistStep, "links" | "given" | "evidence">, home: Repository, times: number): string {
  const shown = evidence.map(({ kind, value }) => (kind === "file" ? `\`${oneLine(value).replaceAll("`", "'")}\`` : escapeComments(oneLine(value))));
  const person = given === undefined || given.login === "" ? "" : ` (for @${escapeComments(oneLine(given.login))})`;
  return links.map((link) => ` ${formatRef(link, home)}`).join("") + person + (shown.length === 0 ? "" : ` (evidence: ${shown.join("; ")})`) + (times === 0 ? "" : times === 1 ? " (done once before)" : ` (done ${times} times before)`);
}

function readEvidence(value: string | undefined): readonly Evidence[] {
  return (value ?? "").split(" ").flatMap((part) => {
    const [, kind, said = ""] = /^(link|file|text):(.*)$/s.exec(decodeMarkValue(part)) ?? [];
    return kind === "link" || kind === "file" || kind === "text" ? [{ kind, value: said }] : [];
  });
}

/** An earlier mark as `kind|at|by|chosen|reason`. Missing parts are empty. */
function formatLogged({ mark, chosen }: LoggedMark): string {
  const parts = [mark.kind, mark.at, mark.by, chosen, mark.kind === "skipped" ? mark.reason : undefined];
  // A present but empty part is a single %, which `encodeMarkValue` never writes.
  return parts.map((part) => (part === undefined ? "" : part === "" ? "%" : encodeMarkValue(part).replaceAll("|", "%7C").replaceAll(";", "%3B"))).join("|").replace(/\|+$/, "");
}

function readLog(value: string | undefined): readonly LoggedMark[] {
  return (value ?? "").split(";").flatMap((entry): readonly LoggedMark[] => {
    const [kind, at, by, chosen, reason = ""] = entry.split("|").map((part) => (part === "" ? undefined : part === "%" ? "" : decodeMarkValue(part)));
    if (at === undefined || !isMarkedInstant(at) || (kind !== "open" && kind !== "done" && kind !== "skipped")) return [];
    const stamp = { at, ...(by === undefined ? {} : { by }) };
    return [{ mark: kind === "skipped" ? { kind, reason, ...stamp } : { kind, ...stamp }, ...(chosen === undefined ? {} : { chosen }) }];
  });
}

function formatStepMark(step: ChecklistStep, times: number): string {
  const { mark, own } = step;
  const stamped = mark.by !== undefined || mark.at !== undefined;
  const state = mark.kind === "skipped" ? ["skipped"] : mark.kind === "open" && stamped ? ["open"] : [];
  return formatMark([step.id, ...(step.part === "step" ? [] : [step.part]), ...state, ...(step.optional === true ? ["optional"] : [])], {
    by: mark.by,
    at: mark.at,
    chose: step.chosen,
    overrode: step.overrode,
    was: own?.kind,
    "was-reason": own?.kind === "skipped" ? own.reason : undefined,
    "was-by": own?.by,
    "was-at": own?.at,
    for: step.given?.login,
    "for-at": step.given?.at,
    within: step.within,
    formerly: step.formerly?.map(encodeMarkValue).join(" "),
    evidence: step.evidence?.map(({ kind, value }) => encodeMarkValue(`${kind}:${value}`)).join(" "),
    next: step.next?.map(encodeMarkValue).join(" "),
    log: step.log?.map(formatLogged).join(";"),
    times: times === 0 ? undefined : String(times),
    links: step.links.length === 0 ? undefined : step.links.map((link) => encodeMarkValue(refKey(link))).join(" "),
    // Stored separately from the links, so that earlier versions can still read those.
    ids: step.links.some(({ id }) => id !== undefined) ? step.links.map(({ id }) => id ?? "-").join(" ") : undefined,
  });
}

type State = Pick<ChecklistStep, "mark" | "own" | "chosen" | "overrode">;

type Values = ReadonlyMap<string, string>;

function readState(checked: boolean, words: readonly string[], values: Values, reason: string | undefined): State {
  const stamp = readStamp(values.get("by"), values.get("at"));
  const box: StepMark = { kind: checked ? "done" : "open" };
  const chosen = values.get("chose");
  const shared = chosen === undefined ? {} : { chosen };
  const said = words.includes("skipped") ? "skipped" : words.includes("open") ? "open" : values.has("by") || values.has("at") ? "done" : box.kind;
  const byHand = said === "skipped" ? !checked || reason === undefined : said !== box.kind;
  if (byHand) return { mark: box, ...shared, ...readOverrode(values.get("at") ?? values.get("overrode")) };
  const mark: StepMark = said === "skipped" ? { kind: "skipped", reason: reason ?? "", ...stamp } : { ...box, ...stamp };
  return { mark, ...shared, ...readOverrode(values.get("overrode")), ...readOwn(values) };
}

function readOwn(values: Values): Pick<ChecklistStep, "own"> {
  const stamp = readStamp(values.get("was-by"), values.get("was-at"));
  const was = values.get("was");
  if (was === "skipped") return { own: { kind: was, reason: values.get("was-reason") ?? "", ...stamp } };
  return was === "open" || was === "done" ? { own: { kind: was, ...stamp } } : {};
}

function readStamp(by: string | undefined, at: string | undefined): { readonly by?: string; readonly at?: string } {
  return { ...(by === undefined ? {} : { by }), ...(at === undefined || !isMarkedInstant(at) ? {} : { at }) };
}

function readOverrode(overrode: string | undefined): Pick<ChecklistStep, "overrode"> {
  return overrode === undefined || !isMarkedInstant(overrode) ? {} : { overrode };
}

function partOf(words: readonly string[]): StepPart {
  return words.includes("decision") ? "decision" : words.includes("option") ? "option" : "step";
}
