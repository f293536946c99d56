import { source } from './description';
import { operations, timelineEvents } from './operations';

type Node = Readonly<Record<string, unknown>>;

/** The part of the description with our operations and all they refer to, without words and examples: one line for each part. */
export function makeSlice(description: unknown): string {
  const paths = Object.fromEntries(Object.entries(operations).map(([path, methods]) => [
    path, Object.fromEntries(methods.map(method => [method, operation(at(description, 'paths', path, method))])),
  ]));
  const components = referenced(description, paths);
  const lines = [
    `"openapi":${JSON.stringify(at(description, 'openapi'))}`,
    `"x-source":${JSON.stringify(`${source.package} ${source.version} ${source.file}`)}`,
    `"paths":${oneLineEach(paths)}`,
    `"components":{\n${[...components].sort(byName).map(([kind, parts]) => `"${kind}":${oneLineEach(Object.fromEntries([...parts].sort(byName)))}`).join(',\n')}}`,
  ];
  return `{\n${lines.join(',\n')}}\n`;
}

function operation(whole: unknown): Node {
  const { parameters, requestBody, responses } = record(whole);
  return record(bare({ parameters, requestBody, responses }));
}

/** Everything the paths name, and what that names, by kind and name. */
function referenced(description: unknown, paths: Node): Map<string, Map<string, unknown>> {
  const found = new Map<string, Map<string, unknown>>();
  const visit = (node: unknown): void => {
    if (Array.isArray(node)) node.forEach(visit);
    if (!isRecord(node)) return;
    const [, kind, name] = typeof node['$ref'] === 'string' ? /^#\/components\/(\w+)\/(.+)$/.exec(node['$ref']) ?? [] : [];
    if (kind !== undefined && name !== undefined && found.get(kind)?.has(name) !== true) {
      const part = bare(name === 'timeline-issue-events' ? timeline() : at(description, 'components', kind, name));
      found.set(kind, (found.get(kind) ?? new Map<string, unknown>()).set(name, part));
      visit(part);
    }
    Object.values(node).forEach(visit);
  };
  visit(paths);
  return found;
}

function timeline(): Node {
  return { anyOf: timelineEvents.map(name => ({ $ref: `#/components/schemas/${name}` })) };
}

const words = new Set(['description', 'summary', 'title', 'example', 'examples', 'externalDocs', 'headers', 'tags', 'deprecated', 'discriminator', 'default']);

/** Without what does not say which values are allowed. The keys below `properties` are names of fields, not words. */
function bare(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(bare);
  if (!isRecord(node)) return node;
  return Object.fromEntries(Object.entries(node).flatMap(([key, value]) => {
    if (key === 'properties') return [[key, Object.fromEntries(Object.entries(record(value)).map(([name, schema]) => [name, bare(schema)]))]];
    return words.has(key) || key.startsWith('x-') || value === undefined ? [] : [[key, key === 'enum' || key === 'required' ? value : bare(value)]];
  }));
}

function at(node: unknown, ...keys: readonly string[]): unknown {
  return keys.reduce((inner, key) => {
    const next = record(inner)[key];
    if (next === undefined) throw new Error(`The description has no ${keys.join(' ')}.`);
    return next;
  }, node);
}

function record(value: unknown): Node {
  if (!isRecord(value)) throw new Error('The description is not of the expected form.');
  return value;
}

function isRecord(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function oneLineEach(parts: Node): string {
  return `{\n${Object.entries(parts).map(([name, part]) => `${JSON.stringify(name)}:${JSON.stringify(part)}`).join(',\n')}}`;
}

function byName([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
