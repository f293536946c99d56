import * as v from "valibot";
import { isInstant } from "../../core/model/instant";

/**
 * The schema of a response from GitHub. It is strict about the fields in use and ignores everything else; fields with an
 * unexpected type count as absent. Everything read from the server is parsed by one of these.
 */
export type Shape<T> = v.GenericSchema<unknown, T>;

const absentUnless = <T>(schema: Shape<T>): Shape<T | undefined> => v.fallback(v.optional(schema), undefined);

const number = v.pipe(v.number(), v.safeInteger(), v.minValue(1));

const instant = v.pipe(v.string(), v.check(isInstant));

const webAddress = v.pipe(v.string(), v.regex(/^https?:\/\//));

const person = v.object({ login: v.pipe(v.string(), v.nonEmpty()) });

/** A list without its invalid items. A value that is not a list counts as absent. */
const itemsOf = <T>(schema: Shape<T>): Shape<readonly T[] | undefined> =>
  absentUnless(v.pipe(v.array(v.unknown()), v.transform((items) => items.flatMap((item) => (v.is(schema, item) ? [v.parse(schema, item)] : [])))));

const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));

/** An issue or a pull request. Bodies and users can be missing, and labels can be names only. */
export const issueResponse = v.object({
  number,
  title: v.string(),
  /** Present except for deleted issues. Needed to link issues. */
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
  /** Why it has its state, such as `reopened`. Older servers omit it. */
  state_reason: absentUnless(v.string()),
  html_url: webAddress,
  /** API addresses of the issue's repository and of the issue, where the API returns them. */
  repository_url: absentUnless(v.string()),
  url: absentUnless(v.string()),
  pull_request: absentUnless(v.object({ merged_at: absentUnless(v.string()) })),
  draft: absentUnless(v.boolean()),
  /** `null` if the server has types and the issue has none. */
  type: v.fallback(v.nullish(v.object({ name: v.string() })), undefined),
  /** Absent if the issue has no parent or the server has no such links. */
  parent_issue_url: absentUnless(v.string()),
  /** Absent if the server has no such links, and for pull requests. */
  sub_issues_summary: absentUnless(v.object({ total: count })),
  issue_dependencies_summary: absentUnless(v.object({ blocked_by: count, total_blocked_by: count, total_blocking: count })),
});

/** The fields of an issue that are used. */
export type RawIssue = v.InferOutput<typeof issueResponse>;

export const issuesResponse = v.array(issueResponse);

export const commentResponse = v.object({
  id: number,
  body: v.nullish(v.string()),
  user: absentUnless(person),
  author_association: absentUnless(v.string()),
  updated_at: instant,
  html_url: absentUnless(webAddress),
});

export const commentsResponse = v.array(commentResponse);

const repositoryComment = v.object({ ...commentResponse.entries, issue_url: v.pipe(v.string(), v.regex(/\/issues\/\d+$/)) });

/** Comments on all issues of a repository. Each contains its issue's address. */
export const repositoryCommentsResponse = v.array(repositoryComment);

/** The same with the time at which each was written. */
export const datedCommentsResponse = v.array(v.object({ ...repositoryComment.entries, created_at: instant }));

export const labelsResponse = v.array(v.object({ name: v.string() }));

export const accountResponse = person;

export const repositoryResponse = v.object({ full_name: v.pipe(v.string(), v.regex(/^[^/]+\/[^/]+$/)), permissions: absentUnless(v.object({ push: absentUnless(v.boolean()) })) });

/** Timeline events. Only known events are parsed further. */
export const eventsResponse = v.array(v.looseObject({}));

export const searchResponse = v.object({ items: issuesResponse });

const entry = v.object({ type: v.string(), name: v.string(), path: v.string(), sha: v.string() });

/** A folder's entries, or a file. A text that is too long for the response is empty. */
export const contentResponse = v.union([v.array(entry), v.object({ ...entry.entries, content: absentUnless(v.string()) })]);

/** No content, as after deleting something. */
export const noResponse = v.undefined();

/** A repository that everybody can read. Servers without visibility omit the field. */
export const publicRepository = v.object({ private: v.literal(false), visibility: v.nullish(v.literal("public")) });

/** The repository and its default branch. */
export const defaultBranchResponse = v.object({ ...repositoryResponse.entries, default_branch: v.pipe(v.string(), v.nonEmpty()) });

const sha = v.pipe(v.string(), v.regex(/^[0-9a-f]{40,64}$/));

export const refResponse = v.object({ object: v.object({ sha }) });

/** A file without its content. */
export const fileResponse = v.object({ type: v.literal("file"), sha });

export const fileCommitResponse = v.object({ commit: v.object({ sha }) });

export const pullResponse = v.object({
  number,
  state: v.picklist(["open", "closed"]),
  title: v.string(),
  body: v.nullish(v.string()),
  html_url: webAddress,
  user: absentUnless(person),
  merged_at: absentUnless(v.string()),
  head: v.object({ ref: v.string(), sha }),
  requested_reviewers: itemsOf(person),
});

/** The fields of a pull request that are used. */
export type RawPull = v.InferOutput<typeof pullResponse>;

export const pullsResponse = v.array(pullResponse);

export const reviewsResponse = v.array(v.object({ user: absentUnless(person) }));
