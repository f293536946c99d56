import { procedurePath } from "../model/procedurePath";
import type { RunbookSection } from "../model/runbook";

interface Named {
  readonly path: string;
  /** Position among all names: sections first, then files. */
  readonly order: number;
  /** The lines of a section. */
  readonly line: number;
  readonly endLine: number;
}

/**
 * Finds the section of a runbook, or another runbook, whose name a text at a line contains; the longest name if there are
 * several. A name of one word must be the whole text. Sections that contain the line are not found.
 */
export function procedureFinder(path: string, sections: readonly Pick<RunbookSection, "title" | "slug" | "line" | "endLine">[], runbooks: readonly string[]): (text: string, line: number) => string | undefined {
  let known: ReturnType<typeof indexNames> | undefined;
  return (text, line) => {
    known ??= indexNames(path, sections, runbooks);
    const { names, longest } = known;
    const words = nameWords(text);
    for (let length = Math.min(words.length, longest); length > 0; length -= 1) {
      if (length === 1 && words.length > 1) return undefined;
      const found = Array.from({ length: words.length - length + 1 }, (_, start) => names.get(words.slice(start, start + length).join(" "))?.find((one) => line < one.line || one.endLine <= line));
      const first = found.reduce((best, one) => (best === undefined || (one !== undefined && one.order < best.order) ? one : best), undefined);
      if (first !== undefined) return first.path;
    }
    return undefined;
  };
}

function indexNames(path: string, sections: readonly Pick<RunbookSection, "title" | "slug" | "line" | "endLine">[], runbooks: readonly string[]): { readonly names: ReadonlyMap<string, readonly Named[]>; readonly longest: number } {
  const names = new Map<string, Named[]>();
  let longest = 0;
  const add = (name: string, named: Named): void => {
    const words = nameWords(name);
    longest = Math.max(longest, words.length);
    const known = names.get(words.join(" "));
    if (known === undefined) names.set(words.join(" "), [named]);
    else known.push(named);
  };
  sections.forEach(({ title, slug, line, endLine }, order) => add(title, { path: procedurePath(path, slug), order, line, endLine }));
  runbooks.forEach((file, index) => {
    if (file !== path) add((file.split("/").at(-1) ?? file).replace(/\.[^.]+$/, ""), { path: file, order: sections.length + index, line: 0, endLine: 0 });
  });
  return { names, longest };
}

/** The words of a name, without those that only say that it is a procedure. */
function nameWords(text: string): readonly string[] {
  const words = text.normalize("NFC").toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  return words.filter((word) => !/^(?:an?|the|go|to|follow|see|run|start|workflow|process|procedure|runbook)$/.test(word));
}
