import type { Runbook } from "../model/runbook";
import { searchTermsOf } from "../search/terms";

/** A place in a runbook that has the words; `line` from 0. */
export interface RunbookHit {
  readonly kind: "title" | "section" | "label" | "step";
  readonly path: string;
  /** Title of the runbook. */
  readonly title: string;
  /** What was found, as the runbook has it. */
  readonly text: string;
  readonly line: number;
}

interface Entry {
  readonly hit: RunbookHit;
  /** Its own words in small letters, each after a space; and with them those of the runbook's title. */
  readonly own: string;
  readonly all: string;
}

/** Finds places in runbooks: by title, heading, label or service, and step. */
interface RunbookSearch {
  /** The places that have every word of the text, also as the beginning of a word: titles first, then headings, labels and steps. */
  find(text: string, most: number): readonly RunbookHit[];
}

const order = ["title", "section", "label", "step"] as const;

/** A search over these runbooks. The words of a runbook's title count for all of its places, of which each has one itself. */
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

function entriesOf({ path, title, sections, steps, details }: Runbook): readonly Entry[] {
  const above = spacedWords(title).join("");
  const entry = (kind: RunbookHit["kind"], text: string, line: number): Entry => {
    const own = spacedWords(text).join("");
    return { hit: { kind, path, title, text, line }, own, all: above + own };
  };
  return [
    entry("title", title, 0),
    ...sections.filter((section) => section.title !== title).map((section) => entry("section", section.title, section.line)),
    ...[...new Set([...details.labels, ...details.match])].map((label) => entry("label", label, 0)),
    ...steps.map((step) => entry("step", step.text, step.line)),
  ];
}

/** The words of a text, each after a space, so that only the beginning of a word is found. */
function spacedWords(text: string): readonly string[] {
  return searchTermsOf(text).map((term) => ` ${term}`);
}
