import MiniSearch from "minisearch";
import type { Issue } from "./issue";
import { refKey } from "./issueRef";

/** The issues that a text most likely speaks of, best first, `most` of them at the most; open and closed alike. */
export function similarIssues(text: string, issues: readonly Issue[], most: number): readonly Issue[] {
  const byKey = new Map(issues.map((issue) => [refKey(issue.ref), issue]));
  const index = new MiniSearch<{ readonly id: string; readonly title: string; readonly body: string }>({ fields: ["title", "body"] });
  index.addAll([...byKey].map(([id, { title, body }]) => ({ id, title, body: body.slice(0, mostOfBody) })));
  const found = index.search(text.slice(0, mostOfText), { boost: { title: 4 }, prefix: (term) => term.length > 2, fuzzy: (term) => (term.length > 4 ? 0.2 : false) });
  return found.slice(0, most).flatMap(({ id }) => byKey.get(String(id)) ?? []);
}

const mostOfBody = 4000;
const mostOfText = 1000;
