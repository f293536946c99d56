import type { IssueFacts } from "../../../core/issue/issueFacts";
import { type IssueRef, refKey, withId } from "../../../core/model/issueRef";
import { isRecord } from "../../../core/model/plainData";

/** The issue in an argument, with the checklist, step and template if given. */
export interface IssueTarget {
  readonly ref: IssueRef;
  readonly run?: string;
  readonly step?: string;
  readonly template?: string;
  /** The kind of issue that the button of a step creates. */
  readonly issueKind?: string;
}

/** The runbook in an argument, with the line (from 0) if given. */
export interface RunbookTarget {
  readonly path?: string;
  /** The URI of the file, if the argument has a URI. */
  readonly uri?: string;
  readonly line?: number;
}

/** Reads an issue from a tree node, a reference, or `{ ref, run, step, template, kind }`; `undefined` for anything else. */
export function readIssueTarget(argument: unknown): IssueTarget | undefined {
  if (!isRecord(argument)) return undefined;
  const ref = readRef(argument) ?? readRef(argument["ref"]);
  if (ref === undefined) return undefined;
  const fields = texts(argument, "run", "step", "template");
  // The `kind` of a tree node is the type of the node; the `kind` of a step is the kind of issue to create.
  const kind = fields["step"] === undefined ? undefined : texts(argument, "kind")["kind"];
  return { ref, ...fields, ...(kind === undefined ? {} : { issueKind: kind }) };
}

/** Reads a runbook from a path or URI with a line as the next argument, or from a node or object that contains them. */
export function readRunbookTarget(args: readonly unknown[]): RunbookTarget | undefined {
  const [first, second] = args;
  if (typeof first === "string" && first !== "") return { ...fromText(first), ...lineOf(second) };
  if (!isRecord(first)) return undefined;
  if (typeof first["scheme"] === "string" && typeof first["path"] === "string") return { uri: String(first), ...lineOf(second) };
  const fields = [first["path"], first["runbook"], first["uri"]].find((value) => value !== undefined);
  const inside = typeof fields === "string" && fields !== "" ? fromText(fields) : isRecord(fields) && typeof fields["scheme"] === "string" ? { uri: String(fields) } : undefined;
  return inside === undefined ? undefined : { ...inside, ...lineOf(first["line"]) };
}

function fromText(text: string): RunbookTarget {
  return /^[a-z][\w+.-]*:\/\//i.test(text) ? { uri: text } : { path: text };
}

function lineOf(value: unknown): { readonly line?: number } {
  const line = typeof value === "string" && /^\d{1,7}$/.test(value) ? Number(value) : isRecord(value) ? value["line"] : value;
  return typeof line === "number" && Number.isInteger(line) && line >= 0 ? { line } : {};
}

function readRef(value: unknown): IssueRef | undefined {
  if (!isRecord(value)) return undefined;
  const { repository, number, id } = value;
  return typeof repository === "string" && repository !== "" && typeof number === "number" && Number.isInteger(number) && number > 0
    ? withId({ repository, number }, typeof id === "string" ? id : undefined)
    : undefined;
}

function texts(from: Readonly<Record<string, unknown>>, ...names: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(names.flatMap((name) => (typeof from[name] === "string" && from[name] !== "" ? [[name, from[name]]] : [])));
}

/** Keys of an issue and its ancestors, which cannot become its children. */
export function selfAndAncestors(ref: IssueRef, factsOf: (ref: IssueRef) => IssueFacts | undefined): ReadonlySet<string> {
  const seen = new Set<string>();
  for (let at: IssueRef | undefined = ref; at !== undefined && !seen.has(refKey(at)); at = factsOf(at)?.parent) seen.add(refKey(at));
  return seen;
}
