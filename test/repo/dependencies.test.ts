import assert from 'node:assert/strict';
import path from 'node:path';
import ts from 'typescript';
import { filesBelow, text } from './repository';

/** Who may import whom: for each room its rooms and its packages, as CONTRIBUTING tells them. */
const rules: Readonly<Record<string, { readonly rooms: readonly string[]; readonly packages: readonly RegExp[] }>> = {
  core: { rooms: ['core'], packages: [/^temporal-polyfill(\/|$)/, /^yaml$/, /^valibot$/, /^mustache$/] },
  markdown: { rooms: ['core', 'markdown'], packages: [/^markdown-it(\/|$)/] },
  trackers: { rooms: ['core', 'trackers'], packages: [] },
  'trackers/github': { rooms: ['core', 'trackers'], packages: [/^@octokit\/rest$/, /^valibot$/] },
  // What libraries know of calendars: a bundle of its own, read when a desk names one.
  calendars: { rooms: ['core', 'calendars'], packages: [/^ical\.js$/, /^date-holidays$/, /^windows-iana$/, /^temporal-polyfill(\/|$)/] },
  // What a terminal showed, and the secrets in it: a bundle of its own, read when the result of a command is attached.
  output: { rooms: ['core', 'output'], packages: [/^@xterm\/headless$/, /^@secretlint\/secretlint-rule-preset-recommend$/] },
  protocol: { rooms: ['core', 'protocol'], packages: [/^valibot$/] },
  webview: { rooms: ['core', 'protocol', 'webview'], packages: [/^lit(\/|$)/, /^@vscode-elements\/elements(\/|$)/, /^temporal-polyfill(\/|$)/, /^valibot$/] },
  host: { rooms: ['core', 'protocol', 'markdown', 'host'], packages: [/^vscode$/, /^temporal-polyfill(\/|$)/, /^valibot$/] },
  // The services of a desk: evaluated when a desk is first needed.
  'host/app': { rooms: ['core', 'trackers', 'host'], packages: [/^vscode$/] },
  // Words for what the stores notice.
  'host/notifications': { rooms: ['core', 'trackers', 'host'], packages: [/^vscode$/] },
  // Each puts one place of issues together, and is only evaluated when a desk is kept there.
  'host/stores': { rooms: ['core', 'trackers', 'host'], packages: [/^vscode$/] },
  // The command line: an edge like host, on Node.
  cli: { rooms: ['core', 'markdown', 'calendars', 'cli'], packages: [/^node:/] },
  'extension.ts': { rooms: ['core', 'protocol', 'markdown', 'trackers', 'host'], packages: [/^vscode$/, /^markdown-it$/] },
};

/** Imports that a rule does not allow, one line each. */
function forbidden(file: string, source: string): readonly string[] {
  const room = file.split('/')[1] ?? '';
  const rule = rules[file.slice('src/'.length)] ?? rules[path.posix.dirname(file.slice('src/'.length))] ?? rules[room];
  if (rule === undefined) return [`${file}: the room "${room}" is in no rule`];
  return ts.preProcessFile(source, true, true).importedFiles.map(({ fileName }) => fileName).filter(specifier => {
    if (!specifier.startsWith('.')) return !rule.packages.some(allowed => allowed.test(specifier));
    const target = path.posix.join(path.posix.dirname(file), specifier).split('/');
    return target[0] !== 'src' || !rule.rooms.includes(target[1] ?? '');
  }).map(specifier => `${file} imports ${specifier}`);
}

describe('who imports whom', function () {

  it('follows the table in every source file', () => {
    assert.deepEqual(filesBelow('src', '.ts').flatMap(file => forbidden(file, text(file))), []);
  });

  it('keeps the services below everything that uses them', () => {
    const above = /"(?:\.\.\/)+(?:commands|views|panels|editor|alarms|notifications)\//;
    assert.deepEqual(filesBelow('src/host/app', '.ts').filter(file => above.test(text(file))), []);
  });

  it('lets one file alone parse YAML, since that file knows the limits', () => {
    const parses = filesBelow('src', '.ts').filter(file => /\b(?:parseDocument|parseAllDocuments|parseCST)\b|import\s*\{[^}]*\b(?:parse|Parser|Composer|Lexer)\b[^}]*\}\s*from "yaml"/.test(text(file)));
    assert.deepEqual(parses, ['src/core/desk/readYamlTree.ts']);
  });

  it('notices static, dynamic, type-only and re-exporting imports', () => {
    const source = 'import a from "../host/a"; export * from "vscode"; type T = import("../webview/b").B; const c = () => import("node:fs"); import type D from "lit"; import e from "../../package.json"; import "./fine";';
    assert.equal(forbidden('src/core/x.ts', source).length, 6);
  });
});
