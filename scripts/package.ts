// Packs the extension into response-desk.vsix in the repository's root. Its source maps, larger than the code, are kept in out/maps/.
import { statSync } from 'node:fs';
import path from 'node:path';
import { root, runMain } from './editor/cache';
import { packExtension } from './vsix';

runMain(async () => {
  const file = await packExtension(path.join(root, 'response-desk.vsix'), { maps: path.join(root, 'out/maps') });
  console.log(`${path.basename(file)}: ${Math.round(statSync(file).size / 1000)} kB`);
});
