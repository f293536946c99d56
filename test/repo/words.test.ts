import assert from 'node:assert/strict';
import { text, trackedFiles } from './repository';

interface Rule {
  /** What must not come back, tested against each line. */
  readonly words: RegExp;
  /** What to write instead. */
  readonly instead: string;
  /**
   * `code`: every line of TypeScript and JavaScript. `screen`: every line of the manifest, the documents, the runbooks and the media, and each
   * text of several words in `src`. `both`: all of these.
   */
  readonly where: 'code' | 'screen' | 'both';
  /** A line that the rule must find. */
  readonly example: string;
  readonly except?: readonly Exception[];
}

/** Lines of these files, or lines that match, are allowed. An exception that allows nothing fails the test. */
interface Exception {
  readonly file?: RegExp;
  readonly line?: RegExp;
  readonly because: string;
}

/** The words that must not come back. Add a row to extend the check. */
const rules: readonly Rule[] = [
  // Verbs and nouns that have a standard name.
  { words: /\bsay(?=[A-Z])/, instead: 'format…, describe…, notify…', where: 'code', example: 'sayInstant(at)' },
  { words: /\btell(?=[A-Z])/, instead: 'notify…, describe…', where: 'code', example: 'tellFailure(failure)' },
  { words: /\bword(?=[A-Z])(?!Wrap|Or|At)/, instead: 'format…, describe…', where: 'code', example: 'wordFailure(failure)' },
  { words: /\bbegin(?=[A-Z])/, instead: 'start…', where: 'code', example: 'beginChecklist(runbook)' },
  { words: /\bmost(?=[A-Z])/, instead: 'max…', where: 'code', example: 'const mostEntries = 50;' },
  { words: /\bdress(?:es|ed)?\b|\bdress(?=[A-Z])/i, instead: 'decorate, treeItem…', where: 'both', example: 'dressRow(node)' },
  { words: /\w*shel(?:f|ves)\b/i, instead: 'cache', where: 'both', example: 'class RunbookShelf' },
  { words: /\blookout\b/i, instead: 'poller', where: 'both', example: 'the lookout of a store' },
  { words: /\bscene\b/i, instead: 'context, input', where: 'code', example: 'const scene = { desk, time };' },
  { words: /\btwins?\b/i, instead: 'duplicate', where: 'both', example: 'the younger twin', except: [{ line: /`twin \$\{/, because: 'a key that is stored in comments on GitHub' }] },
  { words: /\bisPassing\b/, instead: 'isTransient', where: 'code', example: 'if (isPassing(failure)) retry();' },
  { words: /\badviceOn\b/, instead: 'findRunbookProblems', where: 'code', example: 'adviceOn(runbook)' },
  { words: /\bhomeOf\b/, instead: 'homeRepository', where: 'code', example: 'homeOf(desk)' },
  { words: /\b(?:hold|held)Until\b|\bisWorthHolding\b/, instead: 'undo window: openUndoWindow, undoUntil, needsUndoWindow', where: 'code', example: 'holdUntil(at)' },
  { words: /\bspreadOut\b|\bwholeOf\b/, instead: 'splitBatch, batchKey, isBatchKey', where: 'code', example: 'spreadOut(items)' },
];

const code = /^(?:src|test|bench|scripts)\/.*\.[cm]?[jt]s$/;
const screen = /^(?:package(?:\.nls)?\.json|[A-Z]+\.md|(?:media|runbooks)\/.*\.md)$/;
const self = 'test/repo/words.test.ts';

/** A text of several words: what a person reads on screen, and not a name. */
const sentence = /(["'`])(?=[^"'`]* )(?:\\.|(?!\1)[^\\])*\1/g;

interface Line {
  readonly file: string;
  readonly line: string;
  readonly number: number;
}

/** The lines a rule applies to. */
function linesOf({ where }: Pick<Rule, 'where'>, files: ReadonlyMap<string, string>): readonly Line[] {
  return [...files].flatMap(([file, content]) => {
    const inCode = code.test(file);
    if (inCode ? where === 'screen' && !file.startsWith('src/') : where === 'code' || !screen.test(file)) return [];
    const lines = content.split('\n').map((line, index) => ({ file, line, number: index + 1 }));
    return inCode && where === 'screen' ? lines.map(line => ({ ...line, line: (line.line.match(sentence) ?? []).join(' ') })) : lines;
  });
}

const allows = ({ file, line }: Exception, at: Line) => (file === undefined || file.test(at.file)) && (line === undefined || line.test(at.line));

/** Each line that breaks a rule, with what to write instead, and each exception that is not needed. */
function problems(rules_: readonly Rule[], files: ReadonlyMap<string, string>): readonly string[] {
  const linesFor = { code: linesOf({ where: 'code' }, files), screen: linesOf({ where: 'screen' }, files), both: linesOf({ where: 'both' }, files) };
  return rules_.flatMap(rule => {
    const found = linesFor[rule.where].filter(({ line }) => rule.words.test(line));
    const except = rule.except ?? [];
    return [
      ...found.filter(at => !except.some(exception => allows(exception, at)))
        .map(({ file, line, number }) => `${file}:${number}: "${rule.words.exec(line)?.[0]}", write ${rule.instead}: ${line.trim().slice(0, 120)}`),
      ...except.filter(exception => !found.some(at => allows(exception, at)))
        .map(({ because }) => `${rule.words.source}: the exception "${because}" allows nothing; delete it`),
    ];
  });
}

describe('the words of this repository', () => {
  it('are the terms that a reader expects', () => {
    const files = trackedFiles().filter(file => file !== self && (code.test(file) || screen.test(file)));
    assert.deepEqual(problems(rules, new Map(files.map(file => [file, text(file)]))), []);
  });

  for (const rule of rules) {
    it(`would show "${rule.example}" as a problem`, () => {
      const file = rule.where === 'screen' ? 'README.md' : 'src/core/planted.ts';
      assert.equal(problems([{ ...rule, except: [] }], new Map([[file, `\n${rule.example}\n`]])).length, 1);
    });
  }

  it('are checked on screen in sentences, not in names', () => {
    const rule: Rule = { words: /rota/, instead: 'schedule', where: 'screen', example: 'the rota' };
    assert.deepEqual(problems([rule], new Map([['src/host/planted.ts', 'const rota = t("The rota of {0}", rota);']])), ['src/host/planted.ts:1: "rota", write schedule: "The rota of {0}"']);
    assert.deepEqual(problems([rule], new Map([['src/host/planted.ts', 'import { rota } from "./rota";'], ['test/planted.ts', 'it("has a rota")']])), []);
  });

  it('have no exception that is no longer needed', () => {
    const rule: Rule = { words: /rota/, instead: 'schedule', where: 'code', example: 'rota', except: [{ file: /^src\/cli\//, because: 'an alias of the command line' }] };
    assert.deepEqual(problems([rule], new Map([['src/cli/planted.ts', 'case "rota":']])), []);
    assert.equal(problems([rule], new Map([['src/cli/planted.ts', 'case "schedule":']])).length, 1);
  });
});
