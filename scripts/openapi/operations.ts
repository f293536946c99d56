const repository = '/repos/{owner}/{repo}';
const issue = `${repository}/issues/{issue_number}`;

/** The operations the extension and its fake GitHub know: path and methods. */
export const operations: Readonly<Record<string, readonly string[]>> = {
  '/user': ['get'],
  '/rate_limit': ['get'],
  [repository]: ['get'],
  [`${repository}/contents/{path}`]: ['get', 'put'],
  [`${repository}/git/ref/{ref}`]: ['get'],
  [`${repository}/git/refs`]: ['post'],
  [`${repository}/git/refs/{ref}`]: ['patch'],
  [`${repository}/pulls`]: ['get', 'post'],
  [`${repository}/pulls/{pull_number}`]: ['patch'],
  [`${repository}/pulls/{pull_number}/requested_reviewers`]: ['post'],
  [`${repository}/pulls/{pull_number}/reviews`]: ['get'],
  [`${repository}/collaborators/{username}`]: ['get'],
  [`${repository}/labels`]: ['get', 'post'],
  [`${repository}/issues`]: ['get', 'post'],
  [`${repository}/issues/comments`]: ['get'],
  [`${repository}/issues/comments/{comment_id}`]: ['get', 'patch', 'delete'],
  [`${repository}/issues/events`]: ['get'],
  [issue]: ['get', 'patch'],
  [`${issue}/comments`]: ['get', 'post'],
  [`${issue}/events`]: ['get'],
  [`${issue}/timeline`]: ['get'],
  [`${issue}/labels`]: ['get', 'post', 'put'],
  [`${issue}/labels/{name}`]: ['delete'],
  [`${issue}/assignees`]: ['post', 'delete'],
  [`${issue}/lock`]: ['put', 'delete'],
  [`${issue}/parent`]: ['get'],
  [`${issue}/sub_issues`]: ['get', 'post'],
  [`${issue}/dependencies/blocked_by`]: ['get', 'post'],
  [`${issue}/dependencies/blocking`]: ['get'],
  '/search/issues': ['get'],
};

/** The events of a timeline that are kept; the description's list of all of them accepts anything, so each is checked by its own. */
export const timelineEvents: readonly string[] = [
  'labeled-issue-event', 'unlabeled-issue-event', 'renamed-issue-event', 'locked-issue-event', 'timeline-comment-event',
  'timeline-cross-referenced-event', 'timeline-assigned-issue-event', 'timeline-unassigned-issue-event', 'state-change-issue-event',
];
