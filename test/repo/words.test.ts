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
  /** The rule applies to these files only; absent: to all files of `where`. */
  readonly only?: RegExp;
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

/** Files of the core and of everything that reads or stores. */
const core = /^(?:src|test\/unit)\/(?:core|trackers|markdown|calendars|output)\/|^bench\//;
/** Everything but the folders that still use the old words, and the aliases of the command line. Take a folder out of the list once it is clean. */
const clean = /^src\/(?!cli\/|host\/(?:commands|notifications|ui)\/)|^(?:package|README|CONTRIBUTING|runbooks|media|bench)|^test\/unit\/(?:core|trackers|markdown|calendars|output)\//;
const titles = /^package(?:\.nls)?\.json$/;

/** The words that must not come back. Add a row to extend the check. */
const rules: readonly Rule[] = [
  // Terms of the field.
  { words: /\brota\b/i, instead: 'schedule', where: 'both', only: clean, example: 'exports the rota' },
  { words: /\bduty\b|[a-z]Duty\b/i, instead: 'on call, on-call hours', where: 'both', only: clean, example: 'Who is on duty?' },
  { words: /\bhand-offs?\b/i, instead: 'handoff (noun), hand off (verb)', where: 'both', only: clean, example: 'accepts the hand-off' },
  { words: /\bwhose turn\b|\bturns? (?:begins?|ends?|starts?|changes?)\b/i, instead: 'shift', where: 'both', only: clean, example: 'the first turn begins' },
  { words: /\bsteps? (?:are|is) settled\b/, instead: 'done', where: 'both', example: 'its steps are settled' },
  { words: /\bwaits? to be (?:written|sent)\b/i, instead: 'pending', where: 'both', only: clean, example: 'a change that waits to be written' },
  { words: /\bsendBack\b(?!["'])|\bsen[dt](?:ing|s)? back from\b/i, instead: 'reject', where: 'both', example: 'Send Back from a Gate…' },
  { words: /\bgiveStep\b(?!["']| <)|\bgive (?:a|the|this) step\b/i, instead: 'assign', where: 'both', only: clean, example: 'Give a step to somebody' },
  { words: /\b(?:read|no)Closings\b|\bclosings of\b/, instead: 'closure', where: 'code', example: 'readClosings(holidays)' },
  { words: /\brunWords\b|\bstartRun\((?!["'])/, instead: 'checklist', where: 'code', only: /^src\/core\//, example: 'startRun(runbook)' },
  { words: /Take Evidence Away|Choose Who I Am|Record a Moment|Set When It Was Reported|Take Over the Changed Runbook|Try Pending Changes? Again|\bOn Duty\b|\bRota\b|Send Back|Give Step/, instead: 'Remove Evidence, Set My Login…, Add Timeline Entry…, Set Reported Time…, Update Checklist from Runbook…, Retry, On Call, Schedule, Reject, Assign Step', where: 'screen', only: titles, example: '"title": "Record a Moment…"' },

  // Verbs and nouns that have a standard name.
  { words: /\bsay(?=[A-Z])/, instead: 'format…, describe…, notify…', where: 'code', example: 'sayInstant(at)' },
  { words: /\btell(?=[A-Z])/, instead: 'notify…, describe…', where: 'code', example: 'tellFailure(failure)' },
  { words: /\btold\b/, instead: 'notified, described, reported', where: 'code', only: /^src\/(?:core|trackers|markdown|calendars|output)\//, example: 'the problems that are told' },
  { words: /\bword(?=[A-Z])(?!Wrap|Or|At)/, instead: 'format…, describe…', where: 'code', example: 'wordFailure(failure)' },
  { words: /\bbegin(?=[A-Z])/, instead: 'start…', where: 'code', example: 'beginChecklist(runbook)' },
  { words: /\bmost(?=[A-Z])/, instead: 'max…', where: 'code', example: 'const mostEntries = 50;' },
  { words: /\bkept(?=[A-Z])|\b(?:read|write|with)Kept/, instead: 'saved…, stored…, cached…', where: 'code', only: core, example: 'readKeptToken(text)' },
  { words: /\baskAll\b/, instead: 'promptAll', where: 'code', example: 'await askAll(questions);' },
  { words: /\btakeOver(?=[A-Z(])(?!Shift)/, instead: 'updateFromRunbook, claimPending, takeoverEdit, migrate…', where: 'code', only: core, example: 'takeOverRunbook(checklist)' },
  { words: /\btroubles?\b/i, instead: 'problem, failure', where: 'both', only: core, example: 'the trouble of a server' },
  { words: /\bisSlip\b|\bslips?\b/i, instead: 'typo, editDistance', where: 'both', only: core, example: 'allows one slip' },
  { words: /\bheard\b(?! of)/i, instead: 'received, responseHead', where: 'code', only: /^src\/(?:core|trackers)\//, example: 'nothing was heard' },
  { words: /\bnextLook\b|\blook(?=At[A-Z]|Again)/, instead: 'nextPoll, poll…, check…', where: 'code', only: core, example: 'nextLook(context)' },
  { words: /\b[A-Z]\w*Place\b|\bplaceIn(?=[A-Z])/, instead: 'location, position, path, origin', where: 'code', only: core, example: 'interface TextWithoutPlace {}' },
  { words: /\bdress(?:es|ed)?\b|\bdress(?=[A-Z])/i, instead: 'decorate, treeItem…', where: 'both', example: 'dressRow(node)' },
  { words: /\w*shel(?:f|ves)\b/i, instead: 'cache', where: 'both', example: 'class RunbookShelf' },
  { words: /\blookout\b/i, instead: 'poller', where: 'both', example: 'the lookout of a store' },
  { words: /\bscene\b/i, instead: 'context, input', where: 'code', example: 'const scene = { desk, time };' },
  { words: /\bwish(?:es)?\b/i, instead: 'request, input, options', where: 'code', only: core, example: 'const wish = read(input);' },
  { words: /\btwins?\b/i, instead: 'duplicate', where: 'both', example: 'the younger twin', except: [{ line: /`twin \$\{/, because: 'a key that is stored in comments on GitHub' }] },
  { words: /\bisPassing\b/, instead: 'isTransient', where: 'code', example: 'if (isPassing(failure)) retry();' },
  { words: /\badviceOn\b/, instead: 'findRunbookProblems', where: 'code', example: 'adviceOn(runbook)' },
  { words: /\bhomeOf\b/, instead: 'homeRepository', where: 'code', example: 'homeOf(desk)' },
  { words: /\b(?:hold|held)Until\b|\bisWorthHolding\b/, instead: 'undo window: openUndoWindow, undoUntil, needsUndoWindow', where: 'code', example: 'holdUntil(at)' },
  { words: /\bspreadOut\b|\bwholeOf\b|\b[wW]holeIssue/, instead: 'splitBatch, batchKey, isBatchKey, FullIssue', where: 'code', example: 'spreadOut(items)' },

  // Sentences that were not English.
  { words: /at the keyboard|\bwhich is what\b|\bis what was said\b|\bgoes by\b|\blooks again\b/i, instead: 'a plain sentence: subject, verb, object', where: 'both', only: clean, example: 'the person at the keyboard' },
];

const code = /^(?:src|test|bench|scripts)\/.*\.[cm]?[jt]s$/;
const screen = /^(?:package(?:\.nls)?\.json|[A-Z]+\.md|(?:media|runbooks|docs)\/.*\.md)$/;
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
    const found = linesFor[rule.where].filter(({ file, line }) => (rule.only ?? /^/).test(file) && rule.words.test(line));
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
      const file = rule.only === titles ? 'package.nls.json' : rule.where === 'screen' ? 'README.md' : 'src/core/planted.ts';
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
