import type { IssueRef } from "../core/issue/issueRef";
import type { InlineSpan } from "../core/runbook/inline";
import { type Check, hasFields, isCase, isList, isNumber, isText, later, optional } from "./check";

/** Checks a reference to an issue. */
export const isIssueRef: Check<IssueRef> = hasFields<IssueRef>({ repository: isText, number: isNumber, id: optional(isText) });

/** Checks a piece of inline Markdown with all that is in it. */
export const isSpan: Check<InlineSpan> = isCase<InlineSpan>({
  text: { text: isText },
  code: { text: isText },
  strong: { spans: isList(later(() => isSpan)) },
  emphasis: { spans: isList(later(() => isSpan)) },
  struck: { spans: isList(later(() => isSpan)) },
  link: { href: isText, spans: isList(later(() => isSpan)) },
});
