import { type ConsistencyContext, findProblems, problemKey, type ProblemDetails, type ProblemTarget } from "./findProblems";
import { possibleFixes } from "./fixProblems";
import type { Postmortem } from "../postmortem";
import { applyEdit, type PostmortemEdit } from "../postmortemEdit";
import { readEntryTime } from "../postmortemTime";

/** Something that cannot be right. `fix` resolves exactly this problem. It is absent if only a person knows what is right. */
export type PostmortemProblem = ProblemDetails & { readonly place: ProblemTarget; readonly fix?: PostmortemEdit };

/** Finds what cannot be right in a post-mortem, see `findProblems`, and what would correct it. */
export function checkPostmortem(postmortem: Postmortem, context: ConsistencyContext): readonly PostmortemProblem[] {
  const problems = findProblems(postmortem, context);
  const keys = new Set(problems.map(problemKey));
  let tries = 0;
  return problems.map(({ certain, ...problem }) => {
    if (certain !== undefined) return { ...problem, fix: certain() };
    if (tries >= maxTries) return problem;
    const fix = possibleFixes(problem, postmortem, context).find((edit) => {
      tries += 1;
      const after = findProblems(applyEdit(postmortem, edit, (text) => readEntryTime(text, context.timezone)), context).map(problemKey);
      return !after.includes(problemKey(problem)) && after.every((key) => keys.has(key));
    });
    return fix === undefined ? problem : { ...problem, fix };
  });
}

/** Fixes are tried out before they are offered. After this number of tries, the others are offered only once some of the problems are resolved. */
const maxTries = 32;
