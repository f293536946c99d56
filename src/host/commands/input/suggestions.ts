import type { Desk } from "../../../core/model/desk";
import type { Issue } from "../../../core/model/issue";
import type { Runbook } from "../../../core/model/runbook";
import { wordsOf } from "../../../core/search/terms";
import type { DeskTools } from "./command";

/** What is known of an issue when a runbook is looked for. */
interface SuggestionInput {
  readonly kind: string;
  readonly title: string;
  readonly details: string;
  readonly services: readonly string[];
  readonly labels: readonly string[];
}

export interface SuggestedRunbook {
  readonly runbook: Runbook;
  /** `match`: its front matter matches the issue; `kind`: the desk's runbook for the kind; `sameKind`: made for the kind. */
  readonly why?: "match" | "kind" | "sameKind";
}

/** Runbooks with steps, those that fit best first: matching ones, the desk's own for the kind, those for the kind, the rest. Role checklists are left out. */
export function suggestRunbooks(runbooks: readonly Runbook[], desk: Desk, deskFolder: string, input: SuggestionInput): readonly SuggestedRunbook[] {
  const named = desk.kinds.find((kind) => kind.name === input.kind)?.runbook;
  const own = named === undefined ? undefined : deskFolder === "" ? named : `${deskFolder}/${named}`;
  const labels = [...input.services, ...input.labels].map((label) => label.toLowerCase());
  const words = ` ${wordsOf(`${input.title} ${input.details}`).join(" ")} `;

  const weigh = (runbook: Runbook): { readonly suggested: SuggestedRunbook; readonly weight: number } => {
    const matches = runbook.details.match.filter((match) => labels.includes(match.toLowerCase()) || mentions(words, match)).length;
    const fits = runbook.details.kind === undefined || runbook.details.kind === input.kind;
    if (matches > 0 && fits) return { suggested: { runbook, why: "match" }, weight: 100 + matches };
    if (runbook.path === own) return { suggested: { runbook, why: "kind" }, weight: 50 };
    if (runbook.details.kind === input.kind) return { suggested: { runbook, why: "sameKind" }, weight: 25 };
    return { suggested: { runbook }, weight: runbook.details.kind === undefined ? 1 : 0 };
  };

  return runbooks
    .filter((runbook) => runbook.steps.length > 0 && runbook.details.when === undefined)
    .map(weigh)
    .sort((a, b) => b.weight - a.weight)
    .map(({ suggested }) => suggested);
}

function mentions(words: string, match: string): boolean {
  const wanted = wordsOf(match).join(" ");
  return wanted !== "" && words.includes(` ${wanted} `);
}

/** Issues that the store itself finds for a title, open and closed, also those that no view shows; none when it cannot look. */
export async function searchKnown({ session }: DeskTools, title: string): Promise<readonly Issue[]> {
  const repositories = [...new Set(session.desk.config().kinds.flatMap((kind) => kind.repositories))];
  const found = await session.store.tracker.search(title, repositories);
  if (found.kind === "failed") session.log.info(`Known issues could not be searched: ${found.failure.kind}`);
  return found.kind === "ok" ? found.value : [];
}

/** Those of them that are not on the desk, where the desk's own ranking has not judged them already. Of plain files there are none. */
export async function searchElsewhere(tools: DeskTools, title: string): Promise<readonly Issue[]> {
  if (tools.session.store.now().kind === "files") return [];
  return (await searchKnown(tools, title)).filter(({ ref }) => tools.session.issues.find(ref) === undefined);
}
