import { type ConsistencyContext, findProblems, problemKey, type ProblemDetails, type ProblemTarget } from "./findProblems";
import { possibleFixes } from "./fixProblems";
import type { Postmortem } from "./postmortem";
import { applyEdit, type PostmortemEdit } from "./postmortemEdit";
import { readEntryTime } from "./postmortemTime";

/** Something that cannot be right. `fix` resolves exactly this problem. It is absent if only a person knows what is right. */
export type PostmortemProblem = ProblemDetails & { readonly place: ProblemTarget; readonly fix?: PostmortemEdit };

/** Finds what cannot be right in a post-mortem, see `findProblems`, and what would correct it. */
export function checkPostmortem(postmortem: Postmortem, context: ConsistencyContext): readonly PostmortemProblem[] {
  const problems = findProblems(postmortem, context);
  const keys = new Set(problems.map(problemKey));
  let verified = 0;
  return problems.map(({ certain, ...problem }) => {
    if (certain !== undefined) return { ...problem, fix: certain };
    if (verified >= maxVerified) return problem;
    verified += 1;
    const fix = possibleFixes(problem, postmortem, context).find((edit) => {
      const after = findProblems(applyEdit(postmortem, edit, (text) => readEntryTime(text, context.timezone)), context).map(problemKey);
      return !after.includes(problemKey(problem)) && after.every((key) => keys.has(key));
    });
    return fix === undefined ? problem : { ...problem, fix };
  });
}

/** Fixes are tried out before they are offered. More than these are offered once some of the problems are resolved. */
const maxVerified = 24;

