import { type Desk, runbookOfKind } from "../../../core/model/desk";
import type { Issue } from "../../../core/model/issue";
import { splitProcedurePath } from "../../../core/model/procedurePath";
import type { Runbook } from "../../../core/model/runbook";
import { sectionRunbook } from "../../../core/runbook/procedure";
import { wordsOf } from "../../../core/search/terms";
import type { DeskTools } from "./command";

/** The properties of an issue that runbooks are matched against. */
interface SuggestionInput {
  readonly kind: string;
  readonly title: string;
  readonly details: string;
  readonly services: readonly string[];
  readonly labels: readonly string[];
}

export interface SuggestedRunbook {
  readonly runbook: Runbook;
  /** `match`: its front matter matches the issue; `kind`: the default runbook of the kind; `sameKind`: a runbook for the kind. */
  readonly why?: "match" | "kind" | "sameKind";
}

/** Runbooks with steps, best match first: matching ones, the default for the kind (which can be a section), others for the kind, the rest. Excludes role checklists. */
export function suggestRunbooks(runbooks: readonly Runbook[], desk: Desk, deskFolder: string, input: SuggestionInput): readonly SuggestedRunbook[] {
  const own = runbookOfKind(desk.kinds.find((kind) => kind.name === input.kind) ?? {}, deskFolder);
  const labels = [...input.services, ...input.labels].map((label) => label.toLowerCase());
  const named = own === undefined ? undefined : splitProcedurePath(own);
  const file = runbooks.find(({ path }) => path === named?.file);
  const section = named?.slug === undefined || file === undefined ? undefined : sectionRunbook(file, named.slug);
  const words = ` ${wordsOf(`${input.title} ${input.details}`).join(" ")} `;

  const weigh = (runbook: Runbook): { readonly suggested: SuggestedRunbook; readonly weight: number } => {
    const matches = runbook.details.match.filter((match) => labels.includes(match.toLowerCase()) || mentions(words, match)).length;
    const fits = runbook.details.kind === undefined || runbook.details.kind === input.kind;
    if (matches > 0 && fits) return { suggested: { runbook, why: "match" }, weight: 100 + matches };
    if (runbook.path === (section?.path ?? own)) return { suggested: { runbook, why: "kind" }, weight: 50 };
    if (runbook.details.kind === input.kind) return { suggested: { runbook, why: "sameKind" }, weight: 25 };
    return { suggested: { runbook }, weight: runbook.details.kind === undefined ? 1 : 0 };
  };

  return [...(section === undefined ? [] : [section]), ...runbooks]
    .filter((runbook) => runbook.steps.length > 0 && runbook.details.when === undefined)
    .map(weigh)
    .sort((a, b) => b.weight - a.weight)
    .map(({ suggested }) => suggested);
}

function mentions(words: string, match: string): boolean {
  const wanted = wordsOf(match).join(" ");
  return wanted !== "" && words.includes(` ${wanted} `);
}

/** Open and closed issues that the tracker's search finds for a title. Empty if the search fails. */
export async function searchKnown({ session }: DeskTools, title: string): Promise<readonly Issue[]> {
  const repositories = [...new Set(session.desk.config().kinds.flatMap((kind) => kind.repositories))];
  const found = await session.store.tracker.search(title, repositories);
  if (found.kind === "failed") session.log.info(`Known issues could not be searched: ${found.failure.kind}`);
  return found.kind === "ok" ? found.value : [];
}

/** Issues from the tracker's search that the desk has not loaded. Empty for plain files, where all issues are loaded. */
export async function searchElsewhere(tools: DeskTools, title: string): Promise<readonly Issue[]> {
  if (tools.session.store.now().kind === "files") return [];
  return (await searchKnown(tools, title)).filter(({ ref }) => tools.session.issues.find(ref) === undefined);
}
