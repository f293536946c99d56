// The host bundle as it is shipped: one CommonJS file of which an editor compiles, at the start, only what the start needs.
import path from 'node:path';
import esbuild from 'esbuild';

/**
 * Builds in three steps. The first splits the sources where they are imported on first use; in each piece the modules share
 * one scope and only what is used of them is left. The second puts all pieces that the start can do without into one text,
 * each still evaluated on its own first use. The third makes the file: the pieces for the start, and that text as a string,
 * compiled when a first piece of it is asked for. (A function that is not called yet costs an engine more than half of what
 * compiling it costs, because it is looked through for errors; a string costs next to nothing.)
 *
 * @param {esbuild.BuildOptions & { outdir: string; entryPoints: Record<string, string> }} options
 * @returns {Promise<esbuild.BuildResult & { metafile: esbuild.Metafile }>} as of one step: sources go in, the one file comes out
 */
export async function buildHost(options) {
  const pieces = await esbuild.build({ ...options, format: 'esm', splitting: true, write: false, logLevel: 'warning' });
  const [[name, source]] = Object.entries(options.entryPoints);
  const files = new Map(pieces.outputFiles.map(({ path: file, text }) => [path.basename(file), asIs(text)]));
  const made = new Map(Object.entries(pieces.metafile.outputs).map(([file, output]) => [path.basename(file), output]));
  const entry = `${name}.js`;
  const atStart = reached(made, entry);
  const onUse = new Set([...atStart].flatMap(piece => made.get(piece).imports).filter(({ kind }) => kind === 'dynamic-import').map(({ path: file }) => path.basename(file)));

  const shared = [...atStart].filter(piece => piece !== entry);
  const later = await bundlePieces(options, {
    files: new Map([...files, ...shared.map(piece => [piece, `export const { ${made.get(piece).exports.join()} } = shared["${piece}"];`])]),
    write: false, logLevel: 'warning',
    main: `export const pieces = {${[...onUse].map(piece => `${JSON.stringify(piece)}: () => import("./${piece}")`).join()}};`,
  });
  const whole = await bundlePieces(options, {
    files: new Map([
      ...[...atStart].map(piece => [piece, `import { later } from "./later.js"; ${files.get(piece).replace(/\bimport\("\.\/([\w.-]+)"\)/g, (_, file) => `later("${file}")`)}`]),
      ['later.js', `
        import text from "./text.js";
        import { shared } from "./shared.js";
        let pieces;
        export function later(piece) {
          if (pieces === undefined) {
            const module = {};
            new Function("module", "require", "shared", text)(module, require, shared);
            pieces = module.exports.pieces;
          }
          return pieces[piece]();
        }`],
      ['shared.js', `${shared.map((piece, index) => `import * as piece${index} from "./${piece}";`).join('\n')}
        export const shared = {${shared.map((piece, index) => `"${piece}": piece${index}`).join()}};`],
      ['text.js', `export default ${JSON.stringify(`"use strict";${later.outputFiles[0].text}\n//# sourceURL=response-desk/later.js`)};`],
    ]),
    write: options.write ?? true, logLevel: options.logLevel,
    main: `export { activate, deactivate } from "./${entry}";`,
  });

  const [[file, output]] = Object.entries(whole.metafile.outputs);
  const inputs = {};
  for (const piece of Object.values(pieces.metafile.outputs)) {
    for (const [from, { bytesInOutput }] of Object.entries(piece.inputs)) inputs[from] = { bytesInOutput: (inputs[from]?.bytesInOutput ?? 0) + bytesInOutput };
  }
  return {
    ...whole,
    warnings: [...pieces.warnings, ...later.warnings, ...whole.warnings],
    metafile: { inputs: pieces.metafile.inputs, outputs: { [file]: { ...output, entryPoint: source, inputs } } },
  };
}

/** Without this the editor's API, all of its hundreds of members, would be copied into an object that looks like an ES module. */
function asIs(text) {
  return text.replace(/\bimport\s*\*\s*as ([\w$]+) from\s*"vscode";/g, 'const $1 = require("vscode");');
}

/** The pieces that stand or fall with `entry`: itself and all it imports before it does anything. */
function reached(made, entry, found = new Set()) {
  if (found.has(entry)) return found;
  found.add(entry);
  for (const { path: file, kind, external } of made.get(entry).imports) if (kind === 'import-statement' && !external) reached(made, path.basename(file), found);
  return found;
}

/** One CommonJS text out of the ES modules in `files` that the module `main` asks for. */
function bundlePieces(options, { files, main, write, logLevel }) {
  const [name] = Object.keys(options.entryPoints);
  return esbuild.build({
    ...options,
    entryPoints: { [name]: 'main' },
    format: 'cjs',
    write,
    logLevel,
    // Modules are strict without saying so; a script has to.
    banner: { js: '"use strict";' },
    // That is what `sideEffects` below is for.
    logOverride: { ...options.logOverride, 'ignored-bare-import': 'silent' },
    tsconfigRaw: {},
    tsconfig: undefined,
    alias: {},
    plugins: [{
      name: 'pieces',
      setup(build) {
        // Nothing here is imported for what it does when it is evaluated, so a piece asks only for those that it takes something from.
        build.onResolve({ filter: /.*/ }, ({ kind, path: file }) => {
          if (kind === 'entry-point') return { path: file, namespace: 'main' };
          if (!file.startsWith('./')) return undefined;
          return { path: path.posix.basename(file), namespace: 'piece', sideEffects: false };
        });
        build.onLoad({ filter: /.*/, namespace: 'main' }, () => ({ contents: main, loader: 'js' }));
        build.onLoad({ filter: /.*/, namespace: 'piece' }, ({ path: piece }) => ({ contents: files.get(piece), loader: 'js' }));
      },
    }],
  });
}
