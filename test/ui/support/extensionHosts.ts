import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { run } from '../../../scripts/editor/cache';
import type { EditorServer } from '../../../scripts/editor/server';
import { until } from './until';

/** The processes that are extension hosts of a server, all windows together. */
export async function extensionHosts(server: EditorServer): Promise<readonly number[]> {
  const children = await processes();
  const belongs = (pid: number): boolean => {
    const parent = children.get(pid)?.parent;
    return parent !== undefined && parent > 1 && (parent === server.process.pid || belongs(parent));
  };
  return [...children].filter(([pid, { command }]) => command.includes('--type=extensionHost') && belongs(pid)).map(([pid]) => pid);
}

/** Waits until a server has an extension host that is none of those `before`. */
export async function newExtensionHost(server: EditorServer, before: readonly number[]): Promise<void> {
  await until('a new extension host', async () => (await extensionHosts(server)).some(host => !before.includes(host)), 40);
}

async function processes(): Promise<ReadonlyMap<number, { parent: number; command: string }>> {
  if (existsSync('/proc/self/stat')) {
    return new Map(readdirSync('/proc').filter(name => /^\d+$/.test(name)).flatMap(name => {
      try {
        const parent = Number(readFileSync(`/proc/${name}/stat`, 'utf8').replace(/^.*\) /s, '').split(' ')[1]);
        return [[Number(name), { parent, command: readFileSync(`/proc/${name}/cmdline`, 'utf8').replaceAll('\0', ' ') }] as const];
      } catch {
        return [];
      }
    }));
  }
  const { output } = await run('ps', ['-A', '-o', 'pid=,ppid=,command=']);
  return new Map(output.split('\n').flatMap(line => {
    const [, pid, parent, command] = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line) ?? [];
    return pid === undefined ? [] : [[Number(pid), { parent: Number(parent), command: command ?? '' }] as const];
  }));
}
