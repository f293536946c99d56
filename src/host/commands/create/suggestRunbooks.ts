import { wordsOf } from "../../../core/words";
import type { Desk } from "../../../core/desk/desk";
import type { Runbook } from "../../../core/runbook/runbook";

/** What is known of an issue when a runbook is looked for. */
export interface RunbookWish {
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
export function suggestRunbooks(runbooks: readonly Runbook[], desk: Desk, deskFolder: string, wish: RunbookWish): readonly SuggestedRunbook[] {
  const named = desk.kinds.find((kind) => kind.name === wish.kind)?.runbook;
  const own = named === undefined ? undefined : deskFolder === "" ? named : `${deskFolder}/${named}`;
  const labels = [...wish.services, ...wish.labels].map((label) => label.toLowerCase());
  const words = ` ${wordsOf(`${wish.title} ${wish.details}`).join(" ")} `;

  const weigh = (runbook: Runbook): { readonly suggested: SuggestedRunbook; readonly weight: number } => {
    const matches = runbook.details.match.filter((match) => labels.includes(match.toLowerCase()) || mentions(words, match)).length;
    const fits = runbook.details.kind === undefined || runbook.details.kind === wish.kind;
    if (matches > 0 && fits) return { suggested: { runbook, why: "match" }, weight: 100 + matches };
    if (runbook.path === own) return { suggested: { runbook, why: "kind" }, weight: 50 };
    if (runbook.details.kind === wish.kind) return { suggested: { runbook, why: "sameKind" }, weight: 25 };
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
