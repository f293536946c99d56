import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

export const root = path.resolve(__dirname, '../..');

/** Paths below `folder`, relative to the root, with forward slashes. */
export function filesBelow(folder: string, ending = ''): readonly string[] {
  return readdirSync(path.join(root, folder), { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile() && entry.name.endsWith(ending))
    .map(entry => path.relative(root, path.join(entry.parentPath, entry.name)).split(path.sep).join('/'))
    .sort();
}

export function text(file: string): string {
  return readFileSync(path.join(root, file), 'utf8');
}

/** The files tracked by git. */
export function trackedFiles(): readonly string[] {
  return execFileSync('git', ['ls-files', '-z'], { cwd: root, encoding: 'utf8' }).split('\0').filter(file => file !== '' && existsSync(path.join(root, file)));
}

interface Command { readonly command: string; readonly title: string; readonly category?: string; readonly icon?: unknown; readonly when?: unknown }
interface MenuItem { readonly command?: string; readonly submenu?: string; readonly when?: string }

export interface Manifest {
  readonly name: string;
  readonly publisher: string;
  readonly repository: { readonly url: string };
  readonly bugs: { readonly url: string };
  readonly homepage: string;
  readonly imports: Readonly<Record<string, string>>;
  readonly main: string;
  readonly browser: string;
  readonly scripts: Readonly<Record<string, string>>;
  readonly capabilities: { readonly untrustedWorkspaces: { readonly restrictedConfigurations: readonly string[] } };
  readonly contributes: {
    readonly configuration: { readonly properties: Readonly<Record<string, { readonly scope?: string }>> };
    readonly commands: readonly Command[];
    readonly menus: Readonly<Record<string, readonly MenuItem[]>>;
    readonly keybindings?: readonly MenuItem[];
    readonly views: Readonly<Record<string, readonly { readonly id: string; readonly name: string }[]>>;
    readonly viewsWelcome?: readonly { readonly view: string; readonly contents: string }[];
  };
}

export function manifest(): Manifest {
  const parsed: Manifest = JSON.parse(text('package.json'));
  return parsed;
}

/** Every string in a JSON value. */
export function strings(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(strings) : [];
}
