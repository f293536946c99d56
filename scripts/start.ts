// Opens an editor with the extension in it on a copy of a sample desk: npm start [-- service-desk] [--fresh] [--restricted] [--server] [--port 8080] [--github]
import { spawn } from 'node:child_process';
import { existsSync, rmSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { Advice, cacheFolder, onPath, root, run, runMain } from './editor/cache';
import { startSampleGithub } from './editor/sampleGithub';
import { quietSettings, startServer, workbenchUrl } from './editor/server';
import { copySample, samples } from './editor/stage';

runMain(async () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      fresh: { type: 'boolean', default: false },
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
  if (values.fresh) rmSync(workspace, { recursive: true, force: true });
  if (existsSync(workspace)) console.log('Your earlier copy of the sample desk is used again; --fresh starts anew.');
  else copySample(sample, workspace);

  // A GitHub of its own needs settings of its own, which the editor that is installed here does not have.
  const desktop = values.server || values.github ? undefined : onPath('code');
  if (desktop !== undefined) {
    const opened = await run(desktop, ['--new-window', `--extensionDevelopmentPath=${root}`, workspace]);
    if (opened.code !== 0) throw new Advice(`VS Code did not start; npm start -- --server uses a browser instead. It said:\n${opened.output}`);
    console.log(`VS Code opens with Response Desk on ${path.relative(root, workspace)}.`);
    return;
  }

  const own = values.github ? await startSampleGithub(workspace) : undefined;
  const server = await startServer({
    ...port === undefined ? {} : { port },
    data: path.join(cacheFolder, `editor-data-${sample}`),
    settings: {
      ...quietSettings, 'security.workspace.trust.enabled': values.restricted,
      ...own === undefined ? {} : { 'responseDesk.store': 'github', 'responseDesk.github.server': own.github.url },
    },
  });
  const address = workbenchUrl(server.port, { folder: workspace, extension: root });
  console.log(`\nResponse Desk runs at\n\n  ${address}\n\nThe desk is the folder ${path.relative(root, workspace)}. Ctrl+C ends it.`);
  if (own !== undefined) {
    console.log(`\nIts issues are on a GitHub of its own at ${own.github.url}, which forgets everything when this ends.\nRun "Enter a GitHub Token…" in the editor, with one of\n`);
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
