// Builds dist/: one host bundle that runs in any extension host, one that it reads for calendars, one for the output of commands, and one per webview.
// Options: --production (minify), --watch, --outdir=<folder>, --metafile=<folder> (also writes what went into each bundle),
// --clock=<file> (takes `systemClock` from that file, for tests of time).
import { cpSync, existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import esbuild from 'esbuild';
import { buildHost } from './scripts/bundle/hostBundle.mjs';
import { hostPlugins, standIns } from './scripts/bundle/lean.mjs';

const root = import.meta.dirname;
const { values: { production, watch, outdir, metafile, clock } } = parseArgs({
  options: {
    production: { type: 'boolean', default: false },
    watch: { type: 'boolean', default: false },
    outdir: { type: 'string', default: 'dist' },
    metafile: { type: 'string' },
    clock: { type: 'string' },
  },
});
const out = path.resolve(root, outdir);

/** @returns {esbuild.Plugin} */
function otherClock(file) {
  return { name: 'other-clock', setup: build => { build.onResolve({ filter: /\/systemClock$/ }, () => ({ path: file })); } };
}

/** @type {esbuild.BuildOptions} */
const shared = {
  absWorkingDir: root,
  bundle: true,
  minify: production,
  sourcemap: production ? false : 'linked',
  legalComments: 'none',
  logLevel: 'info',
  metafile: true,
  // A bundle that warns is a bundle nobody has looked at.
  logOverride: { 'direct-eval': 'error', 'commonjs-variable-in-esm': 'error' },
};

/** @type {esbuild.BuildOptions} */
const host = {
  ...shared,
  entryPoints: { extension: 'src/extension.ts' },
  outdir: out,
  // The browser platform knows no Node built-in: importing one fails here, and that is what keeps the web build honest.
  platform: 'browser',
  format: 'cjs',
  target: 'es2023',
  external: ['vscode'],
  tsconfig: 'tsconfig.host.json',
  alias: standIns,
  plugins: clock === undefined ? hostPlugins : [otherClock(path.resolve(root, clock)), ...hostPlugins],
};

/** @type {esbuild.BuildOptions} */
const calendars = {
  ...shared,
  // Read by the host on first use; what it says of holidays is needed by few desks and is larger than all the rest.
  entryPoints: { calendars: 'src/calendars/main.ts' },
  outdir: out,
  platform: 'browser',
  format: 'cjs',
  target: 'es2023',
  charset: 'utf8',
  tsconfig: 'tsconfig.host.json',
};

/** @type {esbuild.BuildOptions} */
const output = {
  ...calendars,
  // Read by the host when the result of a command is attached: a terminal without a window, and rules that know secrets.
  entryPoints: { output: 'src/output/main.ts' },
  // Rules that look at files' names take the last part of a path, and here is none.
  alias: { 'node:path': './src/output/pathStandIn.ts' },
  // The terminal takes its timers from `window`, which a web worker has not.
  define: { window: 'globalThis' },
};

const panelsFolder = path.join(root, 'src/webview');
const panels = existsSync(panelsFolder)
  ? readdirSync(panelsFolder).filter(name => existsSync(path.join(panelsFolder, name, 'main.ts')))
  : [];

/** @type {esbuild.BuildOptions} */
const webview = {
  ...shared,
  // <panel>/main.ts and the main.css beside it become <panel>.js and <panel>.css.
  entryPoints: panels.flatMap(name => ['main.ts', 'main.css']
    .map(file => path.join(panelsFolder, name, file))
    .filter(file => existsSync(file))
    .map(file => ({ in: file, out: name }))),
  outdir: path.join(out, 'webview'),
  platform: 'browser',
  format: 'iife',
  target: 'es2022',
  loader: { '.ttf': 'file', '.svg': 'text' },
  assetNames: '[name]',
  tsconfig: 'tsconfig.webview.json',
};

const codicons = ['codicon.css', 'codicon.ttf'].map(file => path.join(out, 'webview', file));
if (panels.length > 0) {
  mkdirSync(path.join(out, 'webview'), { recursive: true });
  for (const file of codicons) cpSync(path.join(root, 'node_modules/@vscode/codicons/dist', path.basename(file)), file);
}

const builds = [host, calendars, output, ...panels.length > 0 ? [webview] : []];
if (watch) {
  for (const build of builds) await (await esbuild.context(build)).watch();
} else {
  const results = await Promise.all(builds.map(build => production && build === host ? buildHost(build) : esbuild.build(build))).catch(() => process.exit(1));
  const warnings = results.flatMap(result => result.warnings);
  if (warnings.length > 0) {
    console.error(`esbuild: ${warnings.length} warning(s) above; a build must have none.`);
    process.exit(1);
  }

  // Left-overs of an earlier build go last, so that an editor that has this folder open never finds it empty.
  const built = new Set(codicons.concat(results.flatMap(result => Object.keys(result.metafile.outputs).map(file => path.resolve(root, file)))));
  for (const entry of readdirSync(out, { recursive: true, withFileTypes: true })) {
    const file = path.join(entry.parentPath, entry.name);
    if (entry.isFile() && !built.has(file)) rmSync(file);
  }

  if (metafile !== undefined) {
    mkdirSync(path.resolve(root, metafile), { recursive: true });
    for (const [index, result] of results.entries()) {
      writeFileSync(path.resolve(root, metafile, `${['host', 'calendars', 'output', 'webview'][index]}.meta.json`), JSON.stringify(result.metafile));
    }
  }
}
