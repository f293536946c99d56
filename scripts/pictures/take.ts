// Takes the pictures of the README from the real workbench: npm run pictures [-- name …]
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { endRun } from '../../test/ui/support/session';
import { root, run, runMain } from '../editor/cache';
import { shots, viewport } from './scenes';

const folder = path.join(root, 'media/pictures');

runMain(async () => {
  const names = process.argv.slice(2);
  const hasEmoji = /emoji/i.test((await run('fc-list', [])).output);
  if (!hasEmoji) console.error('This machine has no emoji font (Debian: fonts-noto-color-emoji); emoji in pictures will be boxes.');
  mkdirSync(folder, { recursive: true });
  try {
    for (const [name, open] of Object.entries(shots).filter(([each]) => names.length === 0 || names.includes(each))) {
      const workbench = await open();
      if ((await workbench.notifications()).length > 0) await workbench.clearNotifications();
      await workbench.page.mouse.move(viewport.width - 5, viewport.height / 2);
      await workbench.page.waitForTimeout(700);
      await workbench.page.screenshot({ path: path.join(folder, `${name}.png`) });
      await workbench.close();
      console.log(`media/pictures/${name}.png`);
    }
  } finally {
    await endRun();
  }
  return 0;
});
