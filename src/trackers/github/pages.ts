import type * as v from "valibot";
import type { Instant } from "../../core/model/issue";
import type { IssueRef } from "../../core/model/issueRef";
import { failed, ok, type Result } from "../../core/model/result";
import { commentsResponse, type Shape } from "./responses";
import { apiAddress, type Call, type GithubApi, ownerAndName } from "./githubApi";
import type { Subject } from "./githubFailure";

/** The pages of a list. */
interface Pages<T> {
  readonly raw: readonly T[];
  /** ETag of the first page. */
  readonly etag?: string;
  /** ETag of each page. Empty if the server sent none. */
  readonly etags: readonly string[];
  /** Whether the first page is unchanged, so that nothing was read. */
  readonly same: boolean;
  /** Whether there are further pages that were not read. */
  readonly more: boolean;
}

/** What reads lists. */
export type ListApi = Pick<GithubApi, "server" | "read">;

/** Reads a list to its end, or up to a number of pages, or up to a page that `isLast` selects. */
export async function readPages<T>(api: ListApi, subject: Subject, shape: Shape<T[]>, first: Call, most = Infinity, isLast: (page: readonly T[]) => boolean = () => false): Promise<Result<Pages<T>>> {
  const begun = await api.read(subject, shape, first);
  if (begun.kind === "failed") return begun;
  if (begun.value.kind === "same") return ok({ raw: [], etags: [], same: true, more: false });
  const { etag } = begun.value;
  const raw = [...begun.value.data];
  const etags = [etag ?? ""];
  let [last, { next }] = [isLast(begun.value.data), begun.value];
  for (let page = 1; next !== undefined && !last && page < most; page += 1) {
    const further = pageAt(api.server, next);
    if (further.kind === "failed") return further;
    const answer = await api.read(subject, shape, further.value);
    if (answer.kind === "failed") return answer;
    if (answer.value.kind === "changed") {
      raw.push(...answer.value.data);
      etags.push(answer.value.etag ?? "");
      last = isLast(answer.value.data);
    }
    next = answer.value.kind === "changed" ? answer.value.next : undefined;
  }
  return ok({ raw, etags, same: false, more: next !== undefined, ...(etag === undefined ? {} : { etag }) });
}

/** Requests the page at an address that the server gave. Following a link to another host would send the token there. */
export function pageAt(server: string, url: string): Result<Call> {
  if (!url.startsWith(`${apiAddress(server)}/`)) return failed({ kind: "refused", server, reason: "a list goes on at another server" });
  return ok((octokit, extras) => octokit.request(`GET ${url}`, { ...extras }));
}

/** The comments of an issue, oldest first, optionally only those that changed since an instant. */
export async function listComments(api: GithubApi, ref: IssueRef, query: { readonly since?: Instant } = {}): Promise<Result<v.InferOutput<typeof commentsResponse>>> {
  const pages = await readPages(api, { repository: ref.repository, ref }, commentsResponse, (octokit, extras) =>
    octokit.rest.issues.listComments({ ...ownerAndName(ref.repository), issue_number: ref.number, ...query, per_page: 100, ...extras }),
  );
  return pages.kind === "failed" ? pages : ok([...pages.value.raw]);
}
