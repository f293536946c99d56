import { spawn } from 'node:child_process';
import { chmodSync, createReadStream, createWriteStream, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createBrotliDecompress } from 'node:zlib';
import { type Browser, chromium } from 'playwright-core';
import { Advice, cached, npm, onPath, run } from './cache';

const chromiumVersion = '153.0.0';

interface Candidate {
  readonly file: string;
  readonly env: Readonly<Record<string, string>>;
}

/**
 * A headless Chromium: the one CHROME_PATH names, else one fetched from npm, which has no window of its own to draw and is
 * the same everywhere, else one on the PATH, else Debian's package if this process may install it. Says what to install when
 * there is none.
 */
export async function launchBrowser(): Promise<Browser> {
  const failures: string[] = [];
  for (const find of [named, fetched, installed, debian]) {
    const candidate = await find().catch((error: unknown) => { failures.push(String(error)); return undefined; });
    if (candidate === undefined) continue;
    try {
      return await launch(candidate);
    } catch (error) {
      failures.push(`${candidate.file}: ${String(error).split('\n').slice(0, 12).join('\n')}`);
    }
  }
  throw new Advice(`No Chromium could be started. Install one (Debian: apt-get install chromium) or name it in CHROME_PATH.\n${failures.join('\n')}`);
}

async function launch(candidate: Candidate): Promise<Browser> {
  const env = Object.fromEntries(Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined));
  return await chromium.launch({
    executablePath: candidate.file,
    env: { ...env, ...candidate.env },
    args: [
      '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update',
      '--disable-sync', '--disable-dev-shm-usage', '--disable-renderer-backgrounding', '--disable-background-timer-throttling',
      '--disable-backgrounding-occluded-windows', '--font-render-hinting=none',
    ],
  });
}

async function named(): Promise<Candidate | undefined> {
  const file = process.env['CHROME_PATH'];
  return file === undefined || file === '' ? undefined : { file, env: {} };
}

async function installed(): Promise<Candidate | undefined> {
  const mac = '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome';
  const file = onPath('chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome') ?? (existsSync(mac) ? mac : undefined);
  return file === undefined ? undefined : { file, env: {} };
}

/** npm's package carries the binary and the libraries a bare machine lacks, packed with Brotli; it is built for Linux on x64. */
async function fetched(): Promise<Candidate | undefined> {
  if (process.platform !== 'linux' || process.arch !== 'x64') return undefined;
  const folder = await cached(`chromium-${chromiumVersion}`, async draft => {
    console.error('Fetching Chromium for the tests (once, about 70 MB) …');
    writeFileSync(path.join(draft, 'package.json'), '{ "private": true }');
    await npm(draft, 'install', `@sparticuz/chromium@${chromiumVersion}`, '--ignore-scripts', '--no-save');
    const packed = path.join(draft, 'node_modules/@sparticuz/chromium/bin');
    const file = path.join(draft, 'chromium');
    await pipeline(createReadStream(path.join(packed, 'chromium.br')), createBrotliDecompress(), createWriteStream(file));
    chmodSync(file, 0o755);
    for (const part of ['al2023', 'fonts']) await unpack(path.join(packed, `${part}.tar.br`), path.join(draft, part));
  });
  const file = path.join(folder, 'chromium');
  // The machine's own libraries and fonts are better where it has them.
  const complete = !(await run('ldd', [file])).output.includes('not found');
  const hasFonts = (await run('fc-list', [])).output.includes(':');
  return {
    file,
    env: {
      ...complete ? {} : { LD_LIBRARY_PATH: [path.join(folder, 'al2023/lib'), process.env['LD_LIBRARY_PATH'] ?? ''].join(':') },
      ...hasFonts ? {} : { FONTCONFIG_PATH: path.join(folder, 'fonts') },
    },
  };
}

async function unpack(archive: string, folder: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const tar = spawn('tar', ['-x', '-C', folder], { stdio: ['pipe', 'ignore', 'inherit'] });
  const ended = new Promise<number | null>((resolve, reject) => tar.once('close', resolve).once('error', reject));
  await pipeline(createReadStream(archive), createBrotliDecompress(), tar.stdin);
  if (await ended !== 0) throw new Error(`tar could not unpack ${archive}`);
}

async function debian(): Promise<Candidate | undefined> {
  if (process.getuid?.() !== 0 || onPath('apt-get') === undefined) return undefined;
  console.error('Installing Debian\'s chromium …');
  await run('apt-get', ['update']);
  const result = await run('apt-get', ['install', '-y', '--no-install-recommends', 'chromium', 'fonts-noto-color-emoji']);
  if (result.code !== 0) throw new Error(`apt-get install chromium failed:\n${result.output.slice(-500)}`);
  return await installed();
}
