import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import esbuild from 'esbuild';
import * as v from 'valibot';
import { deskSchema } from '../../src/core/desk/schema';
import { githubApi } from '../../src/trackers/github/githubApi';
import { type FakeGithub, startFakeGithub } from '../support/fakeGithub/fakeGithub';
import { keptLog } from '../support/keptLog';
import * as whole from '../support/readers';
import { realClock } from '../support/realClock';
import { filesBelow, root, text } from './repository';

// The host bundle goes without parts of libraries. Here the same readers are built once so and once as the libraries are,
// and have to read alike.
describe('the readers in the bundle', () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'desk-lean-'));
  let lean: typeof whole;

  before(async function () {
    const { hostPlugins, standIns } = await import('../../scripts/bundle/lean.mjs');
    const outfile = path.join(folder, 'readers.mjs');
    const entryPoints = [path.join(root, 'test/support/readers.ts')];
    await esbuild.build({ absWorkingDir: root, entryPoints, outfile, bundle: true, platform: 'browser', format: 'esm', external: ['vscode'], alias: standIns, plugins: hostPlugins, logLevel: 'warning' });
    lean = await import(pathToFileURL(outfile).href);
  });

  after(() => { rmSync(folder, { recursive: true, force: true }); });

  it('read every sample alike', () => {
    const files = filesBelow('runbooks', '.md');
    assert.ok(files.length > 5);
    for (const file of files) assert.deepEqual(lean.readMarkdown(text(file)), whole.readMarkdown(text(file)), file);
    for (const file of filesBelow('runbooks', '.yml')) assert.deepEqual(lean.parseDesk(text(file)), whole.parseDesk(text(file)), file);
  });

  const lines = [
    'see https://a.org, http://a.org/b?c=d&e=f#g. (https://a.org/x_(y)) and README.md, a.org or www.a.org',
    '<https://a.org/ä b> <https://a.org/ä> https://a.org/ä [x](https://münchen.example/ä%20b%zz "t") <mailto:a@b.org> mailto:a@b.org',
    '[x](</a b> "t") [y](../c d.md) [z](../c%20d.md#é) [i](http://[::1]:80/) [u](https://u:p@a.org:8080/b)',
    '**https://a.org/b** *https://a.org* `https://a.org` https://a.org/*b*',
    'a HTTPS://A.org; “https://a.org/b” "https://a.org/c" https://a.org/d! https://a.org/e? https://a.org/g\'s',
    'xhttps://a.org _https://a.org https:// https://. https://localhost:8080/x https://192.168.0.1/',
    'https://a.org/[b] [https://a.org/b](https://c.org) https://a.org/b] {https://a.org/b}',
    '&lt;b&gt; &amp;amp; &nbsp;| &hellip; &copy; &#8364; &#x20ac; &euro; &unknown; &ouml &sum; &vert; &apos;',
    'a“**b**”c **«d»**e 1*2*3 ＊a＊ *（a）*b $*a*$ `a`_b_ é_a_é',
    '"quoted" -- (c) ... \'single\' +- (tm)',
  ];
  for (const line of lines) it(`read alike: ${line}`, () => { assert.deepEqual(lean.readInline(line), whole.readInline(line)); });

  it('end an address before a colon and before marks of struck text, and leave alone what no view follows', () => {
    const links = lean.readInline('https://a.org/f: ~~https://a.org~~ ftp://a.org //a.org').flatMap(span => span.kind === 'struck' ? span.spans : [span]);
    assert.deepEqual(links.flatMap(span => span.kind === 'link' ? [span.href] : []), ['https://a.org/f', 'https://a.org']);
  });

  it('know no YAML 1.1, and lose nothing by it', () => {
    const desk = 'team: !!str 1\ntimezone: Europe/Berlin\npeople:\n  - &a { login: anna, experienced: true }\n  - { <<: *a, login: ben }\nservices: [yes, 0o7, 0x1f, 1e3, ~]\nstages: {}\nextra: 1\n';
    assert.deepEqual(lean.parseDesk(desk), whole.parseDesk(desk));
    assert.equal(lean.parseDesk('%YAML 1.1\n---\nteam: a\nservices: [yes]\n').desk?.services[0], 'yes');
    assert.deepEqual(lean.parseDesk('team: !!binary aGk=\n').problems.map(({ code }) => code), ['badYaml']);
  });

  it('take templates apart alike', () => {
    const texts = ['{{a}} {{{b}}} {{& c }} {{! no }}d', '{{#a}}\n x {{b}}\n{{/a}}\n{{^a}}y{{/a}}', '{{=<% %>=}}<% a %> {{b}}', '{{a', '{{#a}}', '{{/a}}', '{{> part}} {{.}}', '  {{#a}}  \r\n {{a}}', '{{ a . b }}{{a.b}}', 'plain'];
    for (const body of texts) {
      const template = { kind: 'request', title: 'T {{a}}', labels: ['{{b}}'], body };
      for (const values of [{}, { a: '<1>', b: '2', 'a.b': '3' }]) assert.deepEqual(lean.fillTemplate(template, values), whole.fillTemplate(template, values), body);
      assert.deepEqual([lean.isWellFormed(body), lean.templateVariables(template)], [whole.isWellFormed(body), whole.templateVariables(template)], body);
    }
  });

  it('take no explanation of the schema along', () => {
    assert.match(JSON.stringify(deskSchema), /in the desk's time zone/);
    assert.doesNotMatch(JSON.stringify(lean.deskSchema), /in the desk's time zone|A number and m/);
  });
});

// GitHub's client, too, goes without parts; here what stands in for them has to do the same for all that GitHub sends.
describe('GitHub\'s client in the bundle', () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'desk-client-'));
  let lean: { readonly githubApi: typeof githubApi };
  let github: FakeGithub;

  before(async function () {
    const { hostPlugins, standIns } = await import('../../scripts/bundle/lean.mjs');
    const outfile = path.join(folder, 'client.mjs');
    const entryPoints = [path.join(root, 'src/trackers/github/githubApi.ts')];
    await esbuild.build({ absWorkingDir: root, entryPoints, outfile, bundle: true, platform: 'browser', format: 'esm', external: ['vscode'], alias: standIns, plugins: hostPlugins, logLevel: 'warning' });
    lean = await import(pathToFileURL(outfile).href);
    github = await startFakeGithub();
    github.addUser('ana', 'token');
    github.addRepository('acme/desk');
  });

  after(async () => {
    rmSync(folder, { recursive: true, force: true });
    await github.close();
  });

  for (const type of ['application/json; charset=utf-8', 'Application/JSON', 'application/json;charset="UTF-8"', 'text/html', 'application/octet-stream', 'application/vnd.github.raw; charset=utf-8', 'application/problem+json']) {
    it(`takes an answer as it does anywhere: ${type}`, async () => {
      const text = '{"login":"ana","id":9007199254740991,"rate":1.5e3,"text":"\\u00e9 \\n \\"12345678901234567890n\\""}';
      const read = async (make: typeof githubApi): Promise<unknown> => {
        const fetch = async (): Promise<Response> => new Response(text, { headers: { 'content-type': type } });
        const api = make({ server: 'https://github.example', token: async () => 'x', clock: realClock, log: keptLog(), fetch });
        return api.read({}, v.unknown(), (octokit, extras) => octokit.rest.users.getAuthenticated({ ...extras }));
      };
      assert.deepEqual(await read(lean.githubApi), await read(githubApi));
    });
  }

  it('writes and reads an issue, and a list that goes on', async () => {
    const api = lean.githubApi({ server: github.url, token: async () => 'token', clock: realClock, log: keptLog(), spacing: 1 });
    const at = { owner: 'acme', repo: 'desk' };
    for (const title of ['\u00c4 "1"', '2']) assert.equal((await api.write({}, v.unknown(), (octokit, extras) => octokit.rest.issues.create({ ...at, title, ...extras }))).kind, 'ok');
    const list = await api.read({}, v.array(v.object({ title: v.string() })), (octokit, extras) => octokit.rest.issues.listForRepo({ ...at, per_page: 1, direction: 'asc', ...extras }));
    assert.ok(list.kind === 'ok' && list.value.kind === 'changed');
    assert.deepEqual([list.value.data.map(({ title }) => title), typeof list.value.next], [['\u00c4 "1"'], 'string']);
  });
});
