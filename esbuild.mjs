// Builds dist/: the extension for the desktop (ES modules, split), the same sources for the browser (one CommonJS file), one bundle per webview,
// and the rules of public holidays as data.
// Options: --production (minify, source maps in files of their own), --watch, --outdir=<folder>, --metafile=<folder> (also writes what went
// into each bundle), --inject=<file> (code that runs first in each bundle of the extension, for tests).
import { cpSync, existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import esbuild from 'esbuild';
import { holidayRules } from './scripts/holidayRules.mjs';

const root = import.meta.dirname;
const { values: { production, watch, outdir, metafile, inject } } = parseArgs({
  options: {
    production: { type: 'boolean', default: false },
    watch: { type: 'boolean', default: false },
    outdir: { type: 'string', default: 'dist' },
    metafile: { type: 'string' },
    inject: { type: 'string', multiple: true, default: [] },
  },
});
const out = path.resolve(root, outdir);

/** @type {esbuild.BuildOptions} */
const shared = {
  absWorkingDir: root,
  bundle: true,
  minify: production,
  sourcemap: production ? 'external' : 'linked',
  legalComments: 'none',
  logLevel: 'warning',
  metafile: true,
  logOverride: { 'direct-eval': 'error', 'commonjs-variable-in-esm': 'error' },
};

/** @type {esbuild.BuildOptions} */
const host = {
  ...shared,
  entryPoints: { extension: 'src/extension.ts' },
  inject,
  // The browser platform has no Node built-ins, so importing one fails the build. The desktop build keeps to it too: same sources, same behavior.
  platform: 'browser',
  target: 'es2023',
  external: ['vscode'],
  tsconfig: 'tsconfig.host.json',
  alias: {
    // Secretlint's rules take the base name of a file's path.
    'node:path': 'path-browserify',
    // Without its data, which holidays.json holds.
    'moment-timezone': 'moment-timezone/moment-timezone.js',
  },
  // The headless terminal takes its timers from `window`, which no extension host has.
  define: { window: 'globalThis' },
};

/** @type {esbuild.BuildOptions} */
const desktop = { ...host, outdir: path.join(out, 'desktop'), format: 'esm', outExtension: { '.js': '.mjs' } };

/**
 * What the start loads is one file: the editor takes a third of a millisecond for each further one.
 * @type {esbuild.BuildOptions}
 */
const desktopStart = { ...desktop, external: ['vscode', '#onDemand'] };

/** @type {esbuild.BuildOptions} */
const desktopOnDemand = { ...desktop, entryPoints: { onDemand: 'src/host/onDemand.ts' }, splitting: true };

/** @type {esbuild.BuildOptions} */
const browser = { ...host, outdir: path.join(out, 'browser'), format: 'cjs' };

const panelsFolder = path.join(root, 'src/webview');
const panels = readdirSync(panelsFolder).filter(name => existsSync(path.join(panelsFolder, name, 'main.ts')));

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

/**
 * What pages load when they first need it, with `import()`.
 * @type {esbuild.BuildOptions}
 */
const webviewOnDemand = { ...webview, entryPoints: { chartLayout: path.join(panelsFolder, 'issue/chartLayout.ts') }, format: 'esm' };

const codicons = ['codicon.css', 'codicon.ttf'].map(file => path.join(out, 'webview', file));
mkdirSync(path.join(out, 'webview'), { recursive: true });
for (const file of codicons) cpSync(path.join(root, 'node_modules/@vscode/codicons/dist', path.basename(file)), file);

const holidays = path.join(out, 'holidays.json');
writeFileSync(holidays, holidayRules());

const builds = { desktopStart, desktopOnDemand, browser, webview, webviewOnDemand };
if (watch) {
  for (const build of Object.values(builds)) await (await esbuild.context({ ...build, logLevel: 'info' })).watch();
} else {
  const results = await Promise.all(Object.values(builds).map(build => esbuild.build(build))).catch(() => process.exit(1));
  const warnings = results.flatMap(result => result.warnings);
  if (warnings.length > 0) {
    console.error(`esbuild: ${warnings.length} warning(s) above; a build must have none.`);
    process.exit(1);
  }

  // Left-overs of an earlier build go last, so that an editor that has this folder open never finds it empty.
  const built = new Set([...codicons, holidays].concat(results.flatMap(result => Object.keys(result.metafile.outputs).map(file => path.resolve(root, file)))));
  for (const file of readdirSync(out, { recursive: true, withFileTypes: true })) {
    const name = path.join(file.parentPath, file.name);
    if (file.isFile() && !built.has(name)) rmSync(name);
  }

  if (metafile !== undefined) {
    mkdirSync(path.resolve(root, metafile), { recursive: true });
    for (const [index, name] of Object.keys(builds).entries()) writeFileSync(path.resolve(root, metafile, `${name}.meta.json`), JSON.stringify(results[index].metafile));
  }
}
