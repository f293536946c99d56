import * as v from "valibot";
import { escapeOwnMarks } from "../../core/markup/hiddenMark";
import { readLinks } from "../../core/markup/linkRegion";
import { isInstant } from "../../core/model/instant";
import type { Instant, Issue } from "../../core/model/issue";
import { type IssueRef, sameRef } from "../../core/model/issueRef";
import { parseData } from "../../core/model/parseData";
import { isRecord } from "../../core/model/plainData";
import { ok, type Result } from "../../core/model/result";
import type { NamingCommit, NamingIssue, TimelineEvent } from "../../core/model/timelineEvent";
import { eventsResponse, issueResponse } from "./responses";
import { isDeskComment } from "./deskComment";
import { type GithubApi, ownerAndName } from "./githubApi";
import { refOf } from "./githubIssue";
import { checklistKeyPrefix, keyOf, withoutKey } from "./keyMark";
import { type Author, readAuthor, type Trust } from "./trust";
import type { Reader } from "./fullIssue";

/** The events of an issue, oldest first: GitHub's events and our comments. */
export async function githubTimeline({ api, trust }: Reader, issue: Issue): Promise<Result<readonly TimelineEvent[]>> {
  const events = await timelineEvents(api, issue.ref);
  if (events.kind === "failed") return events;
  await trust.resolveAuthors(issue.ref.repository, events.value.flatMap((raw) => (isRecord(raw) && raw["event"] === "commented" ? [commentAuthor(raw)] : [])));
  return ok([{ kind: "opened", at: issue.createdAt, by: issue.author }, ...events.value.flatMap((raw) => readEvent(raw, issue, trust))]);
}

/** All events of an issue's timeline as returned by the server, oldest first. */
export async function timelineEvents(api: GithubApi, ref: IssueRef): Promise<Result<readonly unknown[]>> {
  const events: unknown[] = [];
  for (let page = 1; ; page += 1) {
    const answer = await api.read({ repository: ref.repository, ref }, eventsResponse, (octokit, extras) =>
      octokit.rest.issues.listEventsForTimeline({ ...ownerAndName(ref.repository), issue_number: ref.number, per_page: 100, page, ...extras }),
    );
    if (answer.kind === "failed") return answer;
    if (answer.value.kind === "same") break;
    events.push(...answer.value.data);
    if (answer.value.next === undefined) break;
  }
  return ok(events);
}

/** Parses an event of an issue's timeline, or of a repository's events. Events that a desk does not show, comments with the desk's own marks, and unknown events are ignored. */
export function readEvent(raw: unknown, issue: Issue, trust: Trust): readonly TimelineEvent[] {
  if (!isRecord(raw)) return [];
  if (!isInstant(text(raw["created_at"]))) return [];
  const stamp = { at: text(raw["created_at"]), by: login(raw["actor"]) || login(raw["user"]) || "ghost" };
  const label = isRecord(raw["label"]) ? text(raw["label"]["name"]) : "";
  const rename = isRecord(raw["rename"]) ? raw["rename"] : {};
  switch (raw["event"]) {
    case "commented":
      return readComment(text(raw["body"]), trust.counts(issue.ref.repository, commentAuthor(raw))).map((markdown) => ({ ...stamp, kind: "commented", markdown, ...pageOf(raw) }));
    case "labeled":
    case "unlabeled":
      return [{ ...stamp, kind: raw["event"], label }];
    case "assigned":
    case "unassigned":
      return [{ ...stamp, kind: raw["event"], login: login(raw["assignee"]) }];
    case "renamed":
      return [{ ...stamp, kind: "retitled", from: text(rename["from"]), to: text(rename["to"]) }];
    case "reopened":
      return [{ ...stamp, kind: "reopened" }];
    case "closed":
      return [{ ...stamp, kind: "closed" }, ...commitsIn(raw, issue).map((commit) => ({ ...stamp, kind: "referenced" as const, ...commit }))];
    case "referenced":
      return commitsIn(raw, issue).map((commit) => ({ ...stamp, kind: "referenced", ...commit }));
    case "cross-referenced":
      return readMention(raw, issue, stamp);
    default:
      return [];
  }
}

/** The page of a comment. What is no web address is ignored. */
function pageOf(raw: Readonly<Record<string, unknown>>): { readonly url?: string } {
  const url = text(raw["html_url"]);
  return /^https?:\/\/[^\s<>()|]+$/i.test(url) ? { url } : {};
}

/** The comment without hidden marks. Marks of an author who does not count stay in the text. */
function readComment(body: string, counts: boolean): readonly string[] {
  if (!counts) return [escapeOwnMarks(body)];
  return isDeskComment(body) || keyOf(body)?.startsWith(checklistKeyPrefix) === true ? [] : [withoutKey(body)];
}

function commentAuthor(raw: Readonly<Record<string, unknown>>): Author {
  return readAuthor({ user: { login: login(raw["user"]) || login(raw["actor"]) || "ghost" }, author_association: text(raw["author_association"]) });
}

/** A mention by a linked issue is the link: the mention provides the time, the link provides the kind. */
function readMention(raw: unknown, issue: Issue, stamp: { readonly at: Instant; readonly by: string }): readonly TimelineEvent[] {
  const other = mentionIn(raw);
  if (other === undefined) return [];
  const links = readLinks(issue.body, issue.ref.repository).filter((link) => link.kind !== "postmortem" && sameRef(link.other, other.ref));
  return links.length === 0 ? [{ ...stamp, kind: "mentioned", ...other }] : links.map((link) => ({ ...stamp, kind: "linked", link }));
}

const mention = v.object({ event: v.literal("cross-referenced"), source: v.object({ issue: issueResponse }) });

/** The issue or pull request in an event that mentions another one. Events in an unknown format have none. */
export function mentionIn(event: unknown): NamingIssue | undefined {
  const raw = parseData(mention, event)?.source.issue;
  if (raw === undefined) return undefined;
  const isPullRequest = raw.pull_request !== undefined;
  const state = raw.pull_request?.merged_at !== undefined ? "merged" : raw.state === "open" && isPullRequest && raw.draft === true ? "draft" : raw.state;
  return { ref: refOf(raw), title: raw.title, isPullRequest, state, url: raw.html_url };
}

/** The commit that an event is about. The API returns no message. A commit of a fork is in another repository. */
function commitsIn(raw: Readonly<Record<string, unknown>>, issue: Issue): readonly NamingCommit[] {
  const sha = text(raw["commit_id"]);
  if (!/^[0-9a-f]{7,64}$/.test(sha)) return [];
  const repository = /\/repos\/([\w.-]+\/[\w.-]+)\/commits\/[0-9a-f]+$/.exec(text(raw["commit_url"]))?.[1] ?? issue.ref.repository;
  const server = issue.location.kind === "web" ? /^https?:\/\/[^/]+/.exec(issue.location.url)?.[0] : undefined;
  return [{ sha, ...(server === undefined ? {} : { url: `${server}/${repository}/commit/${sha}` }) }];
}

function login(person: unknown): string {
  return isRecord(person) ? text(person["login"]) : "";
}

function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}
