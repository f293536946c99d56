import * as v from "valibot";
import { isInstant } from "../../core/model/instant";

/**
 * What an answer must have so that it can be GitHub's. Strict in what is used here, and lenient in all else: what has another
 * form than expected there counts as absent. Everything that is read from the server goes through one of these.
 */
export type Shape<T> = v.GenericSchema<unknown, T>;

const absentUnless = <T>(schema: Shape<T>): Shape<T | undefined> => v.fallback(v.optional(schema), undefined);

const number = v.pipe(v.number(), v.safeInteger(), v.minValue(1));

const instant = v.pipe(v.string(), v.check(isInstant));

const webAddress = v.pipe(v.string(), v.regex(/^https?:\/\//));

const person = v.object({ login: v.pipe(v.string(), v.nonEmpty()) });

/** A list whose odd items are left out; one that is no list is absent. */
const itemsOf = <T>(schema: Shape<T>): Shape<readonly T[] | undefined> =>
  absentUnless(v.pipe(v.array(v.unknown()), v.transform((items) => items.flatMap((item) => (v.is(schema, item) ? [v.parse(schema, item)] : [])))));

const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));

/** An issue or a pull request. Bodies and people may be missing, and labels may be names only. */
export const issueAnswer = v.object({
  number,
  title: v.string(),
  /** Present but for a deleted issue; of use where issues are linked. */
  id: absentUnless(number),
  body: v.nullish(v.string()),
  state: v.picklist(["open", "closed"]),
  labels: itemsOf(v.union([v.string(), v.object({ name: v.string() })])),
  assignees: itemsOf(person),
  assignee: absentUnless(person),
  user: absentUnless(person),
  author_association: absentUnless(v.string()),
  comments: absentUnless(count),
  created_at: instant,
  updated_at: instant,
  closed_at: absentUnless(instant),
  html_url: webAddress,
  /** The issue's repository, and the issue, where the API has them. */
  repository_url: absentUnless(v.string()),
  url: absentUnless(v.string()),
  pull_request: absentUnless(v.object({ merged_at: absentUnless(v.string()) })),
  draft: absentUnless(v.boolean()),
  /** `null` where there are types and the issue has none. */
  type: v.fallback(v.nullish(v.object({ name: v.string() })), undefined),
  /** Absent where the issue has no parent, or the server knows none. */
  parent_issue_url: absentUnless(v.string()),
  /** Absent where the server keeps no such links, and of every pull request. */
  sub_issues_summary: absentUnless(v.object({ total: count })),
  issue_dependencies_summary: absentUnless(v.object({ blocked_by: count, total_blocked_by: count, total_blocking: count })),
});

/** What is read of an issue as the API gives it. */
export type RawIssue = v.InferOutput<typeof issueAnswer>;

export const issuesAnswer = v.array(issueAnswer);

export const commentAnswer = v.object({
  id: number,
  body: v.nullish(v.string()),
  user: absentUnless(person),
  author_association: absentUnless(v.string()),
  updated_at: instant,
  html_url: absentUnless(webAddress),
});

export const commentsAnswer = v.array(commentAnswer);

/** Comments of all issues of a repository: each names its own. */
export const repositoryCommentsAnswer = v.array(v.object({ ...commentAnswer.entries, issue_url: v.pipe(v.string(), v.regex(/\/issues\/\d+$/)) }));

export const labelsAnswer = v.array(v.object({ name: v.string() }));

export const accountAnswer = person;

export const repositoryAnswer = v.object({ full_name: v.pipe(v.string(), v.regex(/^[^/]+\/[^/]+$/)), permissions: absentUnless(v.object({ push: absentUnless(v.boolean()) })) });

/** Events of a timeline: each says what it is, and only those that are known are looked at further. */
export const eventsAnswer = v.array(v.looseObject({}));

export const searchAnswer = v.object({ items: issuesAnswer });

const entry = v.object({ type: v.string(), name: v.string(), path: v.string(), sha: v.string() });

/** A folder's entries, or a file; a text that is too long to be sent is empty. */
export const contentAnswer = v.union([v.array(entry), v.object({ ...entry.entries, content: absentUnless(v.string()) })]);

/** Nothing, as after something was deleted. */
export const noAnswer = v.undefined();

/** A repository that everybody can read. A server that knows no visibility gives none. */
export const publicRepository = v.object({ private: v.literal(false), visibility: v.nullish(v.literal("public")) });
