import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

/** The repository's root folder. */
export const root = path.resolve(__dirname, '../..');

/** Where everything that is fetched once or thrown away lives; safe to delete at any time nothing runs. */
export const cacheFolder = path.join(root, '.vscode-test');

/** A problem the person at the keyboard can do something about: shown without a stack. */
export class Advice extends Error {}

/** Runs a script's main function; an `Advice` is printed as one line, any other failure with its stack. */
export function runMain(main: () => Promise<number | void>): void {
  main().then(
    code => process.exit(code ?? 0),
    (error: unknown) => {
      console.error(error instanceof Advice ? `\n${error.message}` : error);
      process.exit(1);
    },
  );
}

/**
 * The folder `name` in the cache, filled by `fill` if this is its first use. It appears whole or not at all, and of two
 * processes that start at once one fills and the other waits.
 */
export async function cached(name: string, fill: (folder: string) => Promise<void>): Promise<string> {
  const folder = path.join(cacheFolder, name);
  if (existsSync(folder)) return folder;
  mkdirSync(cacheFolder, { recursive: true });
  return await locked(`${folder}.lock`, async () => {
    if (existsSync(folder)) return folder;
    const draft = `${folder}.part`;
    rmSync(draft, { recursive: true, force: true });
    mkdirSync(draft, { recursive: true });
    await fill(draft);
    renameSync(draft, folder);
    return folder;
  });
}

async function locked<T>(file: string, work: () => Promise<T>): Promise<T> {
  for (let waited = false; !tryLock(file); waited = true) {
    if (!waited) console.error('Waiting for another process that prepares the same thing …');
    await delay(500);
  }
  try {
    return await work();
  } finally {
    rmSync(file, { force: true });
  }
}

function tryLock(file: string): boolean {
  try {
    writeFileSync(file, String(process.pid), { flag: 'wx' });
    return true;
  } catch {
    if (!ownerLives(file)) rmSync(file, { force: true });
    return false;
  }
}

function ownerLives(file: string): boolean {
  try {
    const owner = Number(readFileSync(file, 'utf8'));
    // An empty file belongs to a process that is just writing its number.
    if (owner > 0) process.kill(owner, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** Runs npm in `folder`, quietly; a failure shows what npm said and what to check. */
export async function npm(folder: string, ...args: readonly string[]): Promise<void> {
  const cli = process.env['npm_execpath'];
  const [command, first] = cli?.endsWith('.js') === true ? [process.execPath, [cli]] : [process.platform === 'win32' ? 'npm.cmd' : 'npm', []];
  // What `npm run` tells its children about this project must not steer an install elsewhere.
  const env = Object.fromEntries(Object.entries(process.env).filter(([key]) => !/^npm_(package|lifecycle|config_(local_)?prefix|command)/.test(key)));
  const result = await run(command, [...first, ...args, '--no-audit', '--no-fund', '--loglevel=error'], { cwd: folder, env });
  if (result.code !== 0) {
    throw new Advice(`npm ${args.join(' ')} failed. Is the npm registry reachable (npm ping)? npm said:\n${result.output.trim()}`);
  }
}

/** Runs a program to its end and gives its exit code (-1 if it could not start) and everything it printed. */
export async function run(
  command: string, args: readonly string[], options: { cwd?: string; env?: NodeJS.ProcessEnv } = {},
): Promise<{ code: number; output: string }> {
  return await new Promise(resolve => {
    const child = spawn(command, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'], shell: process.platform === 'win32' && command.endsWith('.cmd') });
    const chunks: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.on('error', error => { resolve({ code: -1, output: error.message }); });
    child.on('close', code => { resolve({ code: code ?? -1, output: Buffer.concat(chunks).toString() }); });
  });
}

/** The full path of a program on the PATH, if it is there. */
export function onPath(...names: readonly string[]): string | undefined {
  const endings = process.platform === 'win32' ? ['.exe', '.cmd'] : [''];
  return (process.env['PATH'] ?? '').split(path.delimiter)
    .flatMap(folder => names.flatMap(name => endings.map(ending => path.join(folder, name + ending))))
    .find(file => existsSync(file));
}

/** Runs one of this package's scripts and gives how it ended. */
export async function npmRun(script: string, env: Readonly<Record<string, string>> = {}): Promise<{ code: number; output: string }> {
  const cli = process.env['npm_execpath'];
  const options = { cwd: root, env: { ...process.env, ...env } };
  if (cli?.endsWith('.js') === true) return await run(process.execPath, [cli, 'run', '--silent', script], options);
  return await run(process.platform === 'win32' ? 'npm.cmd' : 'npm', ['run', '--silent', script], options);
}
