import { procedurePath } from "../model/procedurePath";
import type { Runbook } from "../model/runbook";
import { searchTermsOf } from "../search/terms";
import { sectionsToStart } from "./procedure";

/** A search result in a runbook. `line` is zero-based. */
export interface RunbookHit {
  readonly kind: "title" | "section" | "label" | "step";
  readonly path: string;
  /** Title of the runbook. */
  readonly title: string;
  /** The text that was found, as written in the runbook. */
  readonly text: string;
  readonly line: number;
  /** The procedure's path of a title or heading that can be started. */
  readonly start?: string;
}

interface Entry {
  readonly hit: RunbookHit;
  /** The lower-case words of the entry, each after a space, and the same with the words of the runbook's title. */
  readonly own: string;
  readonly all: string;
}

/** Searches runbooks by title, heading, label, service and step. */
interface RunbookSearch {
  /** The entries that contain every word or word prefix of the text: titles first, then headings, labels and steps. */
  find(text: string, most: number): readonly RunbookHit[];
}

const order = ["title", "section", "label", "step"] as const;

/**
 * Creates a search over these runbooks. The words of a runbook's title count for all of its entries, but at least one word must
 * match the entry itself.
 */
export function searchRunbooks(runbooks: readonly Runbook[]): RunbookSearch {
  const entries = runbooks.flatMap(entriesOf);
  return {
    find(text, most) {
      const wanted = spacedWords(text);
      const found =
        wanted.length === 0
          ? entries.filter(({ hit }) => hit.kind === "title")
          : entries.filter(({ own, all }) => wanted.some((term) => own.includes(term)) && wanted.every((term) => all.includes(term)));
      return order.flatMap((kind) => found.flatMap(({ hit }) => (hit.kind === kind ? [hit] : []))).slice(0, most);
    },
  };
}

function entriesOf(runbook: Runbook): readonly Entry[] {
  const { path, title, sections, steps, details } = runbook;
  const startable = new Set(sectionsToStart(runbook));
  const above = spacedWords(title).join("");
  const entry = (kind: RunbookHit["kind"], text: string, line: number, start?: string): Entry => {
    const own = spacedWords(text).join("");
    return { hit: { kind, path, title, text, line, ...(start === undefined ? {} : { start }) }, own, all: above + own };
  };
  return [
    entry("title", title, 0, steps.length === 0 ? undefined : path),
    ...sections.filter((section) => section.title !== title).map((section) => entry("section", section.title, section.line, startable.has(section) ? procedurePath(path, section.slug) : undefined)),
    ...[...new Set([...details.labels, ...details.match])].map((label) => entry("label", label, 0)),
    ...steps.map((step) => entry("step", step.text, step.line)),
  ];
}

/** The words of a text, each after a space, so that only prefixes of words match. */
function spacedWords(text: string): readonly string[] {
  return searchTermsOf(text).map((term) => ` ${term}`);
}
