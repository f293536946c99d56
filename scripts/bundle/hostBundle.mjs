// The host bundle as it is shipped: one CommonJS file in which what is loaded on first use stands in pieces, not in modules.
import path from 'node:path';
import esbuild from 'esbuild';

/**
 * Builds in two steps. The first one splits the sources where they are imported on first use; in each piece the modules
 * share one scope and only what is used of them is left. The second one puts the pieces into one file and wraps each, so that
 * it is still evaluated on first use. Asked to do it at once, esbuild would wrap each of the several hundred modules.
 *
 * @param {esbuild.BuildOptions & { outdir: string; entryPoints: Record<string, string> }} options
 * @returns {Promise<esbuild.BuildResult & { metafile: esbuild.Metafile }>} as of one step: sources go in, the one file comes out
 */
export async function buildHost(options) {
  const pieces = await esbuild.build({ ...options, format: 'esm', splitting: true, write: false, logLevel: 'warning' });
  const texts = new Map(pieces.outputFiles.map(({ path: file, text }) => [file, text]));
  const [name] = Object.keys(options.entryPoints);
  const whole = await esbuild.build({
    ...options,
    entryPoints: { [name]: path.join(options.outdir, `${name}.js`) },
    format: 'cjs',
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
        build.onResolve({ filter: /.*/ }, ({ kind, path: file, resolveDir }) =>
          kind === 'entry-point' || file.startsWith('.') ? { path: path.resolve(resolveDir, file), namespace: 'piece', sideEffects: kind === 'entry-point' } : undefined);
        build.onLoad({ filter: /.*/, namespace: 'piece' }, ({ path: file }) => ({ contents: texts.get(file), loader: 'js', resolveDir: path.dirname(file) }));
      },
    }],
  });
  const [[file, output]] = Object.entries(whole.metafile.outputs);
  const inputs = {};
  for (const piece of Object.values(pieces.metafile.outputs)) {
    for (const [source, { bytesInOutput }] of Object.entries(piece.inputs)) inputs[source] = { bytesInOutput: (inputs[source]?.bytesInOutput ?? 0) + bytesInOutput };
  }
  return {
    ...whole,
    warnings: [...pieces.warnings, ...whole.warnings],
    metafile: { inputs: pieces.metafile.inputs, outputs: { [file]: { ...output, entryPoint: options.entryPoints[name], inputs } } },
  };
}
