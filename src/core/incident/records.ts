import { readFields } from "../markup/fieldRegion";
import type { Issue } from "../model/issue";
import { fieldNamed } from "../model/issueField";
import type { Repository } from "../model/issueRef";
import { distinctNames } from "../model/names";

/** The field with the code repositories of a record, one a line. */
export const repositoriesField = "repositories";

const repositoryPattern = /^[\w.-]+\/[\w.-]+$/;

/** The code repositories of a record. */
export function repositoriesOf(issue: Issue): readonly Repository[] {
  return (fieldNamed(readFields(issue.body), repositoriesField)?.value ?? "").split("\n").filter((name) => repositoryPattern.test(name));
}

/** Repositories as typed: names `owner/name` or web addresses, separated by commas or spaces. `invalid` is the first that is neither. */
export function readRepositories(typed: string): { readonly names: readonly Repository[]; readonly invalid?: string } {
  const parts = typed.split(/[\s,;]+/).filter((part) => part !== "");
  const names = parts.map((part) => part.replace(/^https?:\/\/[^/]+\//i, "").replace(/(?:\.git)?\/?$/, ""));
  const at = names.findIndex((name) => !repositoryPattern.test(name));
  const invalid = parts[at];
  return { names: distinctNames(names.filter((name) => repositoryPattern.test(name))), ...(invalid === undefined ? {} : { invalid }) };
}
