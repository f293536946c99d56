import assert from 'node:assert/strict';
import { readChecklists } from '../../../src/core/markup/checklistRegion';
import { readClock } from '../../../src/core/markup/clockRegion';
import { readLinks } from '../../../src/core/markup/linkRegion';
import { refKey, sameRef } from '../../../src/core/model/issueRef';
import { isDeskComment } from '../../../src/trackers/github/deskComment';
import { movedChecklists, putBack } from '../../../src/trackers/github/longChecklists';
import type { Outcome } from './followSchedule';
import { away, home, outside, outsider, parent, written } from './schedule';

/** Checks that what was asked for is on GitHub once, and nothing else. Gives how many checklists moved to a comment because they are long. */
export function checkOutcome({ github, stranger, notes, wanted, promised, left, trace }: Outcome): number {
  assert.equal(left, 0, trace);
  assert.deepEqual(github.violations(), []);
  const done = wanted.filter(({ key }) => promised.has(key));
  const web = github.repository(home);
  const own = web.issue(1).body ?? "";
  const desks = web.issue(1).comments.filter(({ login, body }) => login !== outsider && isDeskComment(body));
  assert.equal(desks.length, stranger ? 1 : 0, "comments of the desk");
  const text = stranger ? (desks[0]?.body ?? "") : own;
  const moved = movedChecklists(text).map((each) => ({ ...each, text: web.issue(1).comments.find(({ id }) => id === each.comment)?.body ?? "" }));
  const body = putBack(text, moved);
  assert.ok(own.includes(written), "what the reporter wrote");
  for (let note = 1; note <= notes; note += 1) assert.ok(own.includes(`Note ${note} of a person`), `note ${note} in ${own}`);
  assert.deepEqual(readClock(body), {}, "an outsider's word on the clock");
  const marks = new Map(readChecklists(body, home).flatMap(({ items }) => items.flatMap((item) => (item.kind === "step" ? [[item.id, item] as const] : []))));
  const talk = web.issue(outside.number).comments;
  const acknowledged = done.filter(({ action }) => action.kind === "acknowledge");
  const kept = talk.filter((comment) => isDeskComment(comment.body));
  assert.equal(kept.length, acknowledged.length === 0 ? 0 : 1, "comments of the desk where there was none");
  assert.equal(readClock(kept[0]?.body ?? "").acknowledged === undefined, acknowledged.length === 0, `acknowledged in ${JSON.stringify(talk)}`);
  assert.ok((readClock(kept[0]?.body ?? "").later?.length ?? 0) <= Math.max(acknowledged.length - 1, 0), `later acknowledgements in ${JSON.stringify(talk)}`);
  for (const { name } of acknowledged) assert.equal(talk.filter((comment) => comment.body.startsWith(`Acknowledged ${name}.`)).length, 1, `acknowledgement ${name}`);
  assert.equal(web.issue(outside.number).body, written);
  const asked = new Set(wanted.flatMap(({ action }) => (action.kind === "tick" || action.kind === "skip" ? [action.step] : [])));
  for (const [id, { mark }] of marks) assert.ok(asked.has(id) || mark.kind === "open", `${id} is ticked by nobody who may`);
  const labels = web.issue(1).labels;
  const comments = web.issue(1).comments.map((comment) => comment.body);
  const links = readLinks(body, home);
  for (const { action, name, repository } of done) {
    switch (action.kind) {
      case "tick":
      case "skip":
        assert.notEqual(marks.get(action.step)?.mark.kind, "open", `${action.kind} ${action.step} is lost from ${body}`);
        break;
      case "acknowledge":
        break;
      case "label":
        assert.ok(labels.includes(`label ${name}`), `label ${name}`);
        break;
      case "comment":
        assert.equal(comments.filter((text) => text.startsWith(`Comment ${name}.`)).length, 1, `comment ${name} in ${JSON.stringify(comments)}`);
        break;
      case "batch":
        assert.equal(comments.filter((text) => text.startsWith(`Comment ${name}.`)).length, 1, `comment ${name} of a batch in ${JSON.stringify(comments)}`);
        assert.ok(labels.includes(`label ${name}`), `label ${name} of a batch`);
        break;
      case "child":
      case "set":
      case "create": {
        const open = github.repository(repository).issues().filter((issue) => issue.title === `Issue ${name}` && issue.state === "open");
        assert.equal(open.length, 1, `open issues ${name}`);
        assert.ok(open[0]?.body?.startsWith("As it was asked.  \r\n"), `text of issue ${name}`);
        if (!("step" in action)) break;
        const ref = { repository, number: open[0]?.number ?? 0 };
        assert.ok(links.some((link) => link.kind === "child" && sameRef(link.other, ref)), `link to ${refKey(ref)}`);
        assert.deepEqual(readLinks(open[0]?.body ?? "", repository), [{ kind: "parent", other: parent }]);
        assert.ok(web.subIssues(1).some(({ title, state }) => title === `Issue ${name}` && state === "open"), `sub-issue ${refKey(ref)}`);
        assert.ok(marks.get(action.step)?.links.some((link) => sameRef(link, ref)), `link on step ${action.step}`);
        break;
      }
    }
  }
  const counted = done.filter(({ action }) => action.kind === "comment" || action.kind === "batch").length;
  assert.equal(comments.filter((text) => text.startsWith("Comment ")).length, counted, "no comment that nobody wrote");
  const created = done.filter(({ action }) => action.kind === "child" || action.kind === "set" || action.kind === "create").length;
  const halves = wanted.filter(({ key, action }) => action.kind === "set" && !promised.has(key) && done.some((other) => other.action === action));
  assert.deepEqual(halves, [], "a set of which only a part was promised");
  const all = [home, away].flatMap((each) => github.repository(each).issues());
  assert.equal(all.filter(({ title, state }) => title.startsWith("Issue ") && state === "open").length, created, "no issue that nobody asked for");
  return moved.length;
}
