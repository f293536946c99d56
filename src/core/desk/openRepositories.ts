import type { Repository } from "../issue/issueRef";
import type { Desk } from "./desk";
import { findKind } from "./kindOf";

/** Where an issue of a kind may go: into the repository that was asked for if it is one of the kind's, else into any of those. */
export function openRepositories(desk: Desk, { kind, repository }: { readonly kind: string; readonly repository?: Repository }): readonly Repository[] {
  const all = findKind(desk, kind)?.repositories ?? [];
  return repository !== undefined && all.includes(repository) ? [repository] : all;
}
