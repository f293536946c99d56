// What the host bundle goes without: parts of libraries that nothing here asks for, each replaced by a few lines.
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

/** Packages below markdown-it, by what stands in for them. The sources beside each other say what is left out and why. */
export const standIns = Object.fromEntries(Object.entries({
  'entities': 'entities', 'linkify-it': 'linkify', 'mdurl': 'mdurl', 'punycode.js': 'punycode', 'uc.micro': 'unicode',
}).map(([name, file]) => [name, `./src/markdown/standIns/${file}.ts`]));

/**
 * YAML 1.1 and JSON as schemas of the package `yaml`: all that is read here is YAML 1.2 with its core schema. A `%YAML 1.1`
 * in a file is read by the same rules, and its tags (`!!binary`, `!!set` …) are unknown ones.
 */
const coreYaml = {
  name: 'core-yaml',
  setup(build) {
    const unused = /^\.\/(?:yaml-1\.1\/(?:binary|omap|pairs|set|timestamp|schema)|json\/schema)\.js$/;
    build.onResolve({ filter: unused }, ({ path: file, importer }) =>
      importer.split(path.sep).join('/').endsWith('/yaml/browser/dist/schema/tags.js') ? { path: file, namespace: 'core-yaml', pluginData: importer } : undefined);
    build.onLoad({ filter: /.*/, namespace: 'core-yaml' }, ({ path: file, pluginData }) => ({
      contents: file.endsWith('/schema.js')
        ? 'export { schema } from "./core/schema.js";'
        : 'export const binary = undefined, omap = undefined, pairs = undefined, set = undefined, timestamp = undefined, intTime = undefined, floatTime = undefined;',
      resolveDir: path.dirname(pluginData),
    }));
  },
};

/** Explanations in the schema of desk.yml are for media/desk.schema.json, which is made from the sources; checking a file asks for none. */
const bareSchema = {
  name: 'bare-schema',
  setup(build) {
    const explanation = /(?<=\b(?:v\.description|v\.title|texts?|duration)\()(?:"(?:[^"\\]|\\.)*"|`[^`]*`)|(?<=\bv\.examples\()\[.*?\](?=\))/g;
    build.onLoad({ filter: /[\\/]src[\\/]core[\\/]desk[\\/]schema\.ts$/ }, ({ path: file }) => ({
      contents: readFileSync(file, 'utf8').replace(explanation, text => text.startsWith('[') ? '[]' : '""'),
      loader: 'ts',
    }));
  },
};

/**
 * `vscode.window.…` as `window.…`: each member of the editor's API that the sources name is taken once, at the start, instead of
 * being looked up in a copy of the API in each of the modules. The members never change while an extension host lives.
 */
const editorApi = {
  name: 'editor-api',
  setup(build) {
    const members = new Set();
    build.onStart(() => {
      const source = path.join(build.initialOptions.absWorkingDir, 'src');
      for (const file of readdirSync(source, { recursive: true, encoding: 'utf8' })) {
        if (file.endsWith('.ts')) for (const [, member] of readFileSync(path.join(source, file), 'utf8').matchAll(/\bvscode\.(\w+)/g)) members.add(member);
      }
    });
    const own = name => ({ path: name, namespace: 'editor-api', sideEffects: false });
    build.onResolve({ filter: /^vscode$/ }, ({ importer }) => importer === 'whole' ? { path: 'vscode', external: true } : own('members'));
    build.onResolve({ filter: /^\w+$/, namespace: 'editor-api' }, ({ path: name }) => own(name));
    build.onLoad({ filter: /.*/, namespace: 'editor-api' }, ({ path: name }) => ({
      contents: name === 'whole' ? 'import * as api from "vscode"; export { api };'
        : name === 'members' ? [...members].map(member => `export { ${member} } from "${member}";`).join('\n')
          : `import { api } from "whole"; export const ${name} = api.${name};`,
    }));
  },
};

/** Temporal is always the package's own, also where the host has one: what is tested is what runs, and half of the doors are gone. */
const ownTemporal = {
  name: 'own-temporal',
  setup(build) {
    build.onLoad({ filter: /[\\/]temporal-polyfill[\\/]fns[\\/]\w+\.js$/ }, ({ path: file }) => ({
      contents: readFileSync(file, 'utf8').replace(/\bNativeTemporal \? [\w$]+ : /g, ''),
      loader: 'js',
    }));
  },
};

/** Rules of markdown-it for typography, which is never set, and its writer of HTML: here it only ever reads. */
const readingMarkdown = {
  name: 'reading-markdown',
  setup(build) {
    const unused = { 'renderer': 'class Renderer {}', 'rules_core/replacements': 'function replace() {}', 'rules_core/smartquotes': 'function smartquotes() {}' };
    build.onLoad({ filter: /[\\/]markdown-it[\\/]dist[\\/]markdown-it\.mjs$/ }, ({ path: file }) => ({
      contents: Object.entries(unused).reduce((text, [name, instead]) => {
        const start = text.indexOf(`//#region src/${name}.ts\n`);
        const end = text.indexOf('//#endregion', start);
        if (start < 0) throw new Error(`markdown-it has no ${name} any more`);
        return text.slice(0, start) + instead + '\n' + text.slice(end);
      }, readFileSync(file, 'utf8')),
      loader: 'js',
    }));
  },
};

/** Of the table of all GitHub's endpoints, those that the sources name as `octokit.rest.<scope>.<method>`; and no part that follows lists by itself, logs requests or asks in GraphQL. */
const namedEndpoints = {
  name: 'named-endpoints',
  setup(build) {
    build.onLoad({ filter: /[\\/]plugin-rest-endpoint-methods[\\/]dist-src[\\/]generated[\\/]endpoints\.js$/ }, async ({ path: file }) => {
      const { default: all } = await import(pathToFileURL(file).href);
      const named = {};
      const source = path.join(build.initialOptions.absWorkingDir, 'src/trackers/github');
      for (const text of readdirSync(source).map(name => readFileSync(path.join(source, name), 'utf8'))) {
        const missing = /\boctokit\.(?:paginate|graphql)\b/.exec(text);
        if (missing !== null) throw new Error(`The bundle goes without ${missing[0]}`);
        for (const [, scope, method] of text.matchAll(/\boctokit\.rest\.(\w+)\.(\w+)/g)) {
          if (all[scope]?.[method] === undefined) throw new Error(`GitHub's client has no ${scope}.${method}`);
          (named[scope] ??= {})[method] = all[scope][method];
        }
      }
      return { contents: `export default ${JSON.stringify(named)};`, loader: 'js' };
    });
    build.onLoad({ filter: /[\\/]plugin-paginate-rest[\\/]dist-bundle[\\/]index\.js$/ }, () => ({ contents: 'export const paginateRest = () => ({});', loader: 'js' }));
    build.onLoad({ filter: /[\\/]@octokit[\\/]graphql[\\/]dist-bundle[\\/]index\.js$/ }, () => ({ contents: 'export const withCustomRequest = () => ({ defaults: () => undefined });', loader: 'js' }));
    build.onLoad({ filter: /[\\/]plugin-request-log[\\/]dist-src[\\/]index\.js$/ }, () => ({ contents: 'export const requestLog = () => ({});', loader: 'js' }));
  },
};

/** Of mustache the part that takes a template apart: it is filled in here. */
const readingTemplates = {
  name: 'reading-templates',
  setup(build) {
    build.onLoad({ filter: /[\\/]mustache[\\/]mustache\.mjs$/ }, ({ path: file }) => {
      const text = readFileSync(file, 'utf8');
      const end = text.indexOf('\nfunction Context ');
      if (end < 0) throw new Error('mustache has no Context any more');
      return { contents: `${text.slice(0, end)}\nvar mustache = { tags: ['{{', '}}'], parse: parseTemplate };\nexport default mustache;`, loader: 'js' };
    });
  },
};

/** A reader of JSON with numbers past 2^53, which GitHub's answers have none of: the host's own reads and writes them. */
const plainJson = {
  name: 'plain-json',
  setup(build) {
    build.onResolve({ filter: /^json-with-bigint$/ }, ({ path: name }) => ({ path: name, namespace: 'plain-json', sideEffects: false }));
    build.onLoad({ filter: /.*/, namespace: 'plain-json' }, () => ({ contents: 'export const JSONParse = text => JSON.parse(text), JSONStringify = value => JSON.stringify(value);' }));
  },
};

/** A reader of media types by the letter of the standard, of which GitHub's client asks for the type and the charset. */
const plainTypes = {
  name: 'plain-types',
  setup(build) {
    build.onResolve({ filter: /^content-type$/ }, ({ path: name }) => ({ path: name, namespace: 'plain-types', sideEffects: false }));
    build.onLoad({ filter: /.*/, namespace: 'plain-types' }, () => ({
      contents: 'export const parse = text => ({ type: text.split(";", 1)[0].trim().toLowerCase(), parameters: { charset: /;\\s*charset="?([^\\s";]+)/i.exec(text)?.[1] } });',
    }));
  },
};

export const hostPlugins = [bareSchema, coreYaml, editorApi, namedEndpoints, ownTemporal, plainJson, plainTypes, readingMarkdown, readingTemplates];
