// Opens an editor with the extension in it on a sample desk: npm start [-- service-desk|operations-support|release] [--empty] [--keep] [--github] [--restricted] [--server] [--port 8080]
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { makeSampleDay, readSample, sampleLogin, writeSampleDay } from './sampleDay/sampleDay';
import { Advice, cacheFolder, onPath, root, run, runMain } from './editor/cache';
import { startSampleGithub } from './editor/sampleGithub';
import { commitSample } from './editor/sampleRepository';
import { quietSettings, startServer, workbenchUrl } from './editor/server';
import { copySample, samples } from './editor/stage';

/** Opens the desk's views and its walkthrough in a window that opens. */
const opener = path.join(root, 'scripts/editor/opener');

/** The desk is a repository. Nobody is expected to commit or publish it, and the one around it does not matter. */
const repositorySettings = { 'git.enabled': true, 'git.countBadge': 'off', 'git.enableStatusBarSync': false, 'git.openRepositoryInParentFolders': 'never' };

runMain(async () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      empty: { type: 'boolean', default: false },
      keep: { type: 'boolean', default: false },
      restricted: { type: 'boolean', default: false },
      server: { type: 'boolean', default: false },
      github: { type: 'boolean', default: false },
      port: { type: 'string' },
    },
  });
  const wanted = positionals[0] ?? samples[0];
  const sample = samples.find(name => name === wanted);
  if (sample === undefined) throw new Advice(`There is no sample desk "${wanted}". There are: ${samples.join(', ')}.`);
  const port = values.port === undefined ? undefined : Number(values.port);
  if (port !== undefined && !(Number.isInteger(port) && port > 0 && port < 65536)) throw new Advice('--port takes a number from 1 to 65535.');

  console.log('Building the extension …');
  const build = await run(process.execPath, [path.join(root, 'esbuild.mjs')], { cwd: root });
  if (build.code !== 0) throw new Advice(`The build failed:\n${build.output}`);

  const workspace = path.join(cacheFolder, 'desks', sample);
  const data = path.join(cacheFolder, `editor-data-${sample}`);
  const keeps = values.keep && existsSync(workspace);
  const now = `${new Date().toISOString().slice(0, 19)}Z`;
  if (!keeps) {
    for (const folder of [workspace, data]) rmSync(folder, { recursive: true, force: true });
    copySample(sample, workspace);
  }
  const own = values.github ? await startSampleGithub(workspace, values.empty ? undefined : { sample, now }) : undefined;
  const runbooks = path.join(workspace, 'runbooks');
  if (!keeps && !values.empty && own === undefined) writeSampleDay(await makeSampleDay(sample, runbooks, now), workspace);
  const [author] = keeps ? [] : readSample(runbooks).desk.people;
  if (author !== undefined) await commitSample(workspace, author, now);
  const settings = {
    ...quietSettings, ...existsSync(path.join(workspace, '.git')) ? repositorySettings : {}, 'security.workspace.trust.enabled': values.restricted,
    ...own === undefined ? { 'responseDesk.login': sampleLogin(sample, runbooks, now) } : { 'responseDesk.store': 'github', 'responseDesk.github.server': own.github.url },
  };

  const desktop = values.server || values.github ? undefined : onPath('code');
  if (desktop !== undefined) {
    // It has user data of its own, because a login is a user's setting; the path is short, because sockets lie in it.
    const userData = path.join(cacheFolder, 'code');
    mkdirSync(path.join(userData, 'User'), { recursive: true });
    writeFileSync(path.join(userData, 'User/settings.json'), JSON.stringify(settings, undefined, 2));
    const opened = await run(desktop, ['--new-window', '--user-data-dir', userData, `--extensionDevelopmentPath=${root}`, `--extensionDevelopmentPath=${opener}`, workspace]);
    if (opened.code !== 0) throw new Advice(`VS Code did not start; npm start -- --server uses a browser instead. It said:\n${opened.output}`);
    console.log(`VS Code opens with Response Desk on ${path.relative(root, workspace)}.`);
    return;
  }

  const server = await startServer({ ...port === undefined ? {} : { port }, data, settings, further: [opener] });
  const address = workbenchUrl(server.port, { folder: workspace, extension: root });
  console.log(`\nResponse Desk runs at\n\n  ${address}\n\nThe desk is the folder ${path.relative(root, workspace)}. Ctrl+C ends it.`);
  if (own !== undefined) {
    console.log(`\nIts issues are on a GitHub of its own at ${own.github.url}, which forgets everything when this ends.\nRun "Enter GitHub Token…" in the editor, with one of\n`);
    for (const { login, token } of own.tokens) console.log(`  ${token.padEnd(24)} to be ${login}`);
  }
  openInBrowser(address);
  await new Promise<void>(resolve => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => { resolve(); });
    server.process.once('close', () => { resolve(); });
  });
  const died = server.process.exitCode !== null || server.process.signalCode !== null;
  await server.stop();
  await own?.github.close().catch((error: unknown) => { console.error(error instanceof Error ? error.message : error); });
  if (died) throw new Advice(`The editor's server ended by itself:\n${server.log().slice(-2000)}`);
  console.log('Ended.');
});

function openInBrowser(address: string): void {
  const openers: Partial<Record<NodeJS.Platform, readonly string[]>> = { darwin: ['open'], win32: ['rundll32', 'url.dll,FileProtocolHandler'] };
  const [program, ...args] = openers[process.platform] ?? ['xdg-open'];
  if (program === undefined || (process.platform === 'linux' && (onPath(program) === undefined || !(process.env['DISPLAY'] ?? process.env['WAYLAND_DISPLAY'])))) return;
  spawn(program, [...args, address], { stdio: 'ignore', detached: true }).on('error', () => undefined).unref();
}
