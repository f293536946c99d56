import fc from 'fast-check';
import assert from 'node:assert/strict';
import { publication } from '../../../../../src/core/postmortem/review/publication';
import { anyPostmortem, anyText, emptyPostmortem } from '../samples';

describe("The pull request of a post-mortem", () => {
  it("is named after the file and the title, and contains the outline and the incident", () => {
    const { branch, title, body } = publication({ ...emptyPostmortem, review: "2026-11-25" }, "postmortems/2026-11-20-12-portal-is-down.md");
    assert.deepEqual([branch, title], ["post-mortem/2026-11-20-12-portal-is-down", "Post-mortem: Portal is down"]);
    assert.match(body, /^\*\*Portal is down\*\* · acme\/live#12\n\n- What happened: [^]*\n\nIncident: acme\/live#12\nStatus: Draft\nReview session: 2026-11-25\n$/);
    assert.equal(publication({ ...emptyPostmortem, title: "" }, "x.md").title, "Post-mortem");
    const long = "a".repeat(60);
    assert.notEqual(publication(emptyPostmortem, `${long}1.md`).branch, publication(emptyPostmortem, `${long}2.md`).branch);
    assert.match(publication(emptyPostmortem, "!!!.md").branch, /^post-mortem\/[a-z0-9]+$/);
  });

  it("has a valid branch and title for any file and post-mortem", () => {
    fc.assert(
      fc.property(anyPostmortem, anyText, (postmortem, name) => {
        const { branch, title } = publication(postmortem, `postmortems/${name}.md`);
        assert.match(branch, /^post-mortem\/[^\s~^:?*[\\\p{Cc}]+$/u);
        assert.ok(!/\.\.|\/\/|@\{|\.lock$|\.$|\/$|\/\./.test(branch), branch);
        assert.ok(title.trim() !== "" && title.length <= 400 && !/[\r\n]/.test(title), title);
      }),
    );
  });
});
