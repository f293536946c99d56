import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { setTimeout } from 'node:timers/promises';
import path from 'node:path';
import { until } from './until';

/** The name of the file that lists the folders of a workspace with several. */
export const workspaceFile = 'desk.code-workspace';

export type WorkspaceFiles = ReturnType<typeof filesOf>;

/** The files on disk below the folder `workspace`, beside the editor that has them open. */
export function filesOf(workspace: string) {
  const files = {
    /** The text of a workspace file. */
    async read(file: string): Promise<string> {
      // A file is empty for an instant while it is written. One that stays empty is read as such.
      for (let attempt = 0; ; attempt += 1) {
        const text = await readFile(path.join(workspace, file), 'utf8');
        if (text !== '' || attempt === 10) return text;
        await setTimeout(20);
      }
    },

    /** Waits until a workspace file exists and contains a text, and returns all of it. */
    async readOnce(file: string, text: string, seconds = 60): Promise<string> {
      return await until(`${file} contains ${text}`, async () => {
        const all = files.exists(file) ? await files.read(file) : '';
        return all.includes(text) ? all : undefined;
      }, seconds);
    },

    /** Makes these the folders of a window that has several, as another program would. */
    setFolders(folders: readonly string[]): void {
      writeFileSync(path.join(workspace, workspaceFile), JSON.stringify({ folders: folders.map(folder => ({ path: folder })) }));
    },

    /** Writes workspace files behind the editor's back, as another program would. */
    write(texts: Readonly<Record<string, string>>): void {
      for (const [name, text] of Object.entries(texts)) {
        const file = path.join(workspace, name);
        mkdirSync(path.dirname(file), { recursive: true });
        writeFileSync(file, text);
      }
    },

    /** Moves the clock of a window that was opened with one: so many seconds ahead of the machine's. */
    setAhead(seconds: number): void {
      files.write({ '.vscode/settings.json': JSON.stringify({ 'responseDesk.test.ahead': seconds }) });
    },

    exists(file: string): boolean {
      return existsSync(path.join(workspace, file));
    },

    /** The paths of all workspace files. */
    paths(): readonly string[] {
      return readdirSync(workspace, { recursive: true, withFileTypes: true })
        .flatMap(entry => entry.isFile() ? [path.relative(workspace, path.join(entry.parentPath, entry.name))] : []);
    },
  };
  return files;
}
