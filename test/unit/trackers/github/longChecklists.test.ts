import fc from 'fast-check';
import assert from 'node:assert/strict';
import { markStep } from '../../../../src/core/checklist/marking';
import { appendChecklist, readChecklists, replaceChecklist } from '../../../../src/core/markup/checklistRegion';
import { longestChecklist, movedChecklists, moveOut, putBack, type SplitBody, takeOut } from '../../../../src/trackers/github/longChecklists';
import { anyLine, sampleChecklist, step } from '../../../support/sampleChecklist';

const home = "acme/desk";

const person = "Nobody can sign in.  \r\n\r\nSee `log`.\n";

const two = appendChecklist(appendChecklist(person, sampleChecklist([step("a"), step("b")], "short"), home), sampleChecklist([step("a"), step("b"), step("c")], "long"), home);

function moved(body: string, run: string, comment: number, text = longestChecklist(body, Infinity)?.text ?? ""): SplitBody {
  return moveOut({ body, kept: [] }, run, { comment, by: { login: "ana" }, text, url: `https://github.com/acme/desk/issues/1#issuecomment-${comment}` }, home);
}

describe("checklists that move to a comment", () => {
  it("leave a line with a reference, and are put back at the same place", () => {
    const apart = moved(two, "long", 77);
    assert.deepEqual(readChecklists(apart.body, home).map(({ id }) => id), ["short"]);
    assert.deepEqual(movedChecklists(apart.body), [
      { run: "long", comment: 77, line: "### Incident response · [in a comment](https://github.com/acme/desk/issues/1#issuecomment-77), for this text is full <!-- desk:moved run=long comment=77 -->" },
    ]);
    assert.match(apart.kept[0]?.text ?? "", /^A checklist of this issue, [^\n]+\n\n<!-- desk:run id=long /);
    assert.deepEqual(readChecklists(putBack(apart.body, apart.kept), home), readChecklists(two, home));
  });

  it("keep every unchanged byte of the body and the comment", () => {
    fc.assert(
      fc.property(fc.array(anyLine, { maxLength: 6 }), fc.array(anyLine, { maxLength: 4 }), fc.constantFrom("\n", "\r\n"), fc.boolean(), (around, beside, lineBreak, reworded) => {
        const harmless = (line: string): string => line.replaceAll("desk:", "desk;");
        const run = sampleChecklist([step("a"), step("b")], "long");
        const body = `${appendChecklist(around.map(harmless).join(lineBreak), run, home)}${around.map(harmless).join(lineBreak)}`;
        const first = moved(body, "long", 7);
        const note = beside.map(harmless).join("\n");
        const [kept] = first.kept;
        assert.ok(kept !== undefined);
        const line = reworded ? `- ${kept.line}` : kept.line;
        const apart = { body: first.body.replace(kept.line, () => line), kept: [{ ...kept, line, text: `${note}\n${kept.text}\n${note}` }] };
        const [found] = movedChecklists(apart.body);
        assert.deepEqual(found, { run: "long", comment: 7, line });
        assert.deepEqual(takeOut(putBack(apart.body, apart.kept), apart.kept), apart);
      }),
    );
  });

  it("are changed only in the comment", () => {
    const apart = moved(two, "long", 7);
    const whole = putBack(apart.body, apart.kept);
    const run = readChecklists(whole, home).find(({ id }) => id === "long");
    const ticked = run === undefined ? undefined : markStep(run, "b", { kind: "done", by: "ana", at: "2026-11-20T16:10:00Z" });
    assert.ok(ticked !== undefined);
    const after = takeOut(replaceChecklist(whole, ticked, home), apart.kept);
    assert.equal(after.body, apart.body);
    assert.notEqual(after.kept[0]?.text, apart.kept[0]?.text);
    assert.deepEqual(readChecklists(putBack(after.body, after.kept), home).find(({ id }) => id === "long"), ticked);
  });

  it("stay a reference if the comment is gone, and make the body count as broken if its marks are", () => {
    const apart = moved(two, "long", 7);
    assert.equal(putBack(apart.body, apart.kept.map((each) => ({ ...each, text: "" }))), apart.body);
    const torn = apart.kept.map((each) => ({ ...each, text: each.text.replace("<!-- /desk:run -->", "") }));
    assert.notEqual(putBack(apart.body, torn), apart.body);
  });

  it("are the longest that fit in a comment", () => {
    assert.equal(longestChecklist(two, Infinity)?.run, "long");
    const length = longestChecklist(two, Infinity)?.text.length ?? 0;
    assert.equal(longestChecklist(two, length - 1)?.run, "short");
    assert.equal(longestChecklist(two, 10), undefined);
  });

  it("are not confused with similar lines", () => {
    const forged = "<!-- desk:moved run= comment=1 -->\n<!-- desk:moved run=a comment=-3 -->\n<!-- desk:moved run=a comment=1e99 -->\n";
    assert.deepEqual(movedChecklists(forged), []);
    assert.deepEqual(movedChecklists(`${two}<!-- desk:moved run=long comment=9 -->\n`), []);
  });
});
