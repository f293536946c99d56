import assert from 'node:assert/strict';
import path from 'node:path';
import ts from 'typescript';
import { filesBelow, text } from './repository';

interface Rule { readonly folders: readonly string[]; readonly packages: readonly RegExp[] }

const pure: Rule['packages'] = [/^temporal-polyfill(\/|$)/, /^yaml$/, /^valibot$/, /^mustache$/, /^node-diff3$/, /^github-slugger$/];

/** Which folders of src and which packages a folder may import. The longest name that fits a file counts. */
const rules: Readonly<Record<string, Rule>> = {
  'core/model': { folders: ['core/model'], packages: pure },
  'core/flowchart': { folders: ['core/model', 'core/flowchart'], packages: [] },
  'core': { folders: ['core'], packages: pure },
  'markdown': { folders: ['core', 'markdown'], packages: [/^markdown-it(\/|$)/] },
  'trackers': { folders: ['core', 'trackers'], packages: [] },
  'trackers/github': { folders: ['core', 'trackers'], packages: [/^@octokit\/rest$/, /^valibot$/] },
  'calendars': { folders: ['core', 'calendars'], packages: [/^ical\.js$/, /^date-holidays-parser$/, /^moment-timezone$/, /^windows-iana$/, /^temporal-polyfill(\/|$)/] },
  'output': { folders: ['core', 'output'], packages: [/^@xterm\/headless$/, /^@secretlint\/secretlint-rule-preset-recommend$/] },
  'protocol': { folders: ['core', 'protocol'], packages: [/^valibot$/] },
  'webview': { folders: ['core', 'protocol', 'webview'], packages: [/^@dagrejs\/dagre$/, /^lit(\/|$)/, /^@vscode-elements\/elements(\/|$)/, /^temporal-polyfill(\/|$)/, /^valibot$/] },
  'host': { folders: ['core', 'protocol', 'markdown', 'host'], packages: [/^vscode$/, /^temporal-polyfill(\/|$)/, /^valibot$/] },
  // Loads what reads calendars and command output when they are first needed.
  'host/platform': { folders: ['core', 'calendars', 'output', 'host/platform'], packages: [/^vscode$/] },
  'host/ui': { folders: ['core', 'protocol', 'host/platform', 'host/ui'], packages: [/^vscode$/] },
  // The services put trackers, storage and the editor together.
  'host/app': { folders: ['core', 'markdown', 'trackers', 'host/platform', 'host/ui', 'host/app'], packages: [/^vscode$/, /^valibot$/] },
  // Words for what the trackers notice.
  'host/notifications': { folders: ['core', 'trackers', 'host'], packages: [/^vscode$/, /^valibot$/] },
  // Metrics read issues where they are stored.
  'cli': { folders: ['core', 'markdown', 'calendars', 'trackers', 'cli'], packages: [/^node:/, /^date-holidays\/data$/] },
  'extension.ts': { folders: ['core', 'host'], packages: [/^vscode$/] },
};

function ruleOf(file: string): Rule | undefined {
  for (let folder = file.slice('src/'.length); folder !== '.'; folder = path.posix.dirname(folder)) {
    const rule = rules[folder];
    if (rule !== undefined) return rule;
  }
  return undefined;
}

function importsOf(file: string, source: string): readonly string[] {
  return specifiersOf(file, source).map(specifier => specifier.startsWith('.') ? path.posix.join(path.posix.dirname(file), specifier) : specifier);
}

/** What a file imports. The name for what the start loads later is that of its file. */
function specifiersOf(file: string, source: string): readonly string[] {
  const later = `./${path.posix.relative(path.posix.dirname(file), 'src/host/onDemand')}`;
  return ts.preProcessFile(source, true, true).importedFiles.map(({ fileName }) => fileName === '#onDemand' ? later : fileName);
}

/** Imports that a rule does not allow, one line each. */
function forbidden(file: string, source: string): readonly string[] {
  const rule = ruleOf(file);
  if (rule === undefined) return [`${file}: no rule names its folder`];
  return specifiersOf(file, source).filter(specifier => {
    if (!specifier.startsWith('.')) return !rule.packages.some(allowed => allowed.test(specifier));
    const target = path.posix.join(path.posix.dirname(file), specifier);
    return !rule.folders.some(folder => target.startsWith(`src/${folder}/`));
  }).map(specifier => `${file} imports ${specifier}`);
}

/** Groups of nodes that reach each other, each as one line; self-references do not count. */
function cycles(edges: ReadonlyMap<string, ReadonlySet<string>>): readonly string[] {
  const index = new Map<string, number>();
  const low = new Map<string, number>();
  const stack: string[] = [];
  const found: string[] = [];
  const visit = (node: string): number => {
    index.set(node, index.size);
    let lowest = index.size - 1;
    stack.push(node);
    for (const next of edges.get(node) ?? []) {
      if (!index.has(next)) lowest = Math.min(lowest, visit(next));
      else if (stack.includes(next)) lowest = Math.min(lowest, index.get(next) ?? lowest);
    }
    low.set(node, lowest);
    if (lowest === index.get(node)) {
      const group = stack.splice(stack.indexOf(node));
      if (group.length > 1) found.push(group.sort().join(' <-> '));
    }
    return lowest;
  };
  for (const node of edges.keys()) if (!index.has(node)) visit(node);
  return found.sort();
}

function edgesOf(files: ReadonlyMap<string, string>, nodeOf: (file: string) => string): ReadonlyMap<string, ReadonlySet<string>> {
  const edges = new Map<string, Set<string>>();
  for (const [file, source] of files) {
    const from = nodeOf(file);
    const targets = edges.get(from) ?? new Set<string>();
    edges.set(from, targets);
    for (const specifier of importsOf(file, source)) {
      const target = `${specifier}.ts`;
      if (files.has(target) && nodeOf(target) !== from) targets.add(nodeOf(target));
    }
  }
  return edges;
}

describe('who imports whom', () => {
  const sources = new Map(filesBelow('src', '.ts').filter(file => !file.endsWith('.d.ts')).map(file => [file, text(file)]));

  it('follows the table in every source file', () => {
    assert.ok(sources.size > 300);
    assert.deepEqual([...sources].flatMap(([file, source]) => forbidden(file, source)), []);
  });

  it('has no cycle between folders', () => {
    assert.deepEqual(cycles(edgesOf(sources, file => path.posix.dirname(file))), []);
  });

  it('has no cycle between files', () => {
    assert.deepEqual(cycles(edgesOf(sources, file => file)), []);
  });

  it('notices cycles of any length, type-only imports included', () => {
    const files = new Map([
      ['src/a/one.ts', 'import type { B } from "../b/two";'],
      ['src/b/two.ts', 'export * from "../c/three";'],
      ['src/c/three.ts', 'const a = () => import("../a/one");'],
      ['src/c/four.ts', 'import "./three";'],
    ]);
    assert.deepEqual(cycles(edgesOf(files, file => path.posix.dirname(file))), ['src/a <-> src/b <-> src/c']);
    assert.deepEqual(cycles(edgesOf(files, file => file)), ['src/a/one.ts <-> src/b/two.ts <-> src/c/three.ts']);
  });

  it('lets one file alone parse YAML, since that file knows the limits', () => {
    const parses = [...sources].filter(([, source]) => /\b(?:parseDocument|parseAllDocuments|parseCST)\b|import\s*\{[^}]*\b(?:parse|Parser|Composer|Lexer)\b[^}]*\}\s*from "yaml"/.test(source)).map(([file]) => file);
    assert.deepEqual(parses, ['src/core/markup/yamlTree.ts']);
  });

  it('notices static, dynamic, type-only and re-exporting imports', () => {
    const source = 'import a from "../../host/a"; export * from "vscode"; type T = import("../../webview/b").B; const c = () => import("node:fs"); import type D from "lit"; import e from "../../../package.json"; import f from "../markup/region"; import "./fine";';
    assert.equal(forbidden('src/core/model/x.ts', source).length, 7);
  });
});
