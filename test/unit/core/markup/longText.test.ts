import assert from 'node:assert/strict';
import { timeline } from '../../../../src/core/incident/timeline';
import { isShortened } from '../../../../src/core/incident/timelineNote';
import { readFields, setFields } from '../../../../src/core/markup/fieldRegion';
import { escapeOwnMarks, oneLine, ownMarksIn } from '../../../../src/core/markup/hiddenMark';
import { readConflict } from '../../../../src/core/markup/mergeConflict';
import { readMilestone } from '../../../../src/core/markup/milestone';
import { findRegions } from '../../../../src/core/markup/regions';
import { splitLines } from '../../../../src/core/markup/textLines';
import { readRefs } from '../../../../src/core/model/issueRef';
import { replaceComments } from '../../../../src/core/model/markdownText';
import { cpuTime } from '../../../support/cpuTime';
import { sampleIssue } from '../../../support/sampleIssue';

const length = 100_000;

const fill = (part: string): string => part.repeat(Math.ceil(length / part.length));

// Anybody can write such a text into an issue of a public repository, and every window of the team reads it.
const parts = [' ', '\t', '\n', '\r', ' \n', '<!--', '<!-- desk:', '<!-- desk:moment note -->', '<', '\\', '-', '.', 'a/', '#1', '```\n', '<<<<<<< a\n', '<<<<<<< a\nx\n=======\ny\n>>>>>>> b\n'];

const texts = parts.flatMap((part) => [fill(part), `<!--${fill(part)}x`, `a${fill(part)}x`, `\`\`\`\n${fill(part)}x`]);

const event = (markdown: string) => [{ kind: 'commented', at: '2026-11-20T16:00:00Z', by: 'eve', markdown }] as const;

const readers: Readonly<Record<string, (text: string) => unknown>> = {
  escapeOwnMarks,
  ownMarksIn,
  replaceComments,
  oneLine,
  readMilestone,
  readConflict,
  isShortened,
  readFields,
  findRegions: (text) => findRegions(splitLines(text)),
  readRefs: (text) => readRefs(text, 'acme/desk'),
  timeline: (text) => timeline(sampleIssue(), event(text), []),
};

describe('a long text of a stranger', () => {
  for (const [name, read] of Object.entries(readers)) {
    it(`is read in linear time by ${name}`, function () {
      this.timeout(60_000);
      for (const text of texts) {
        const start = cpuTime();
        read(text);
        const spent = cpuTime() - start;
        // A reader that takes quadratic time needs 10 seconds and more.
        assert.ok(spent < 3000, `${JSON.stringify(text.slice(0, 30))}: ${Math.round(spent)} ms`);
      }
    });
  }

  it('with 50,000 fields takes a new one in linear time', function () {
    this.timeout(60_000);
    const line = (name: string): string => `<!-- desk:field ${name} value=a at=2026-11-20T16:00:00Z by=eve -->`;
    const body = Array.from({ length: 50_000 }, (_, index) => line(`role.r${index}`)).join('\n');
    const start = cpuTime();
    const after = setFields(body, [{ name: 'started', value: 'b', at: '2026-11-20T16:00:00Z', by: 'ana' }]);
    assert.ok(cpuTime() - start < 3000);
    assert.equal(readFields(after).length, 50_001);
  });
});
