import * as vscode from "vscode";
import { instantAt, millisecondsOf } from "../../core/model/instant";
import type { Log, Memory } from "../../core/model/ports";
import { deliveriesPrefix } from "../../core/incident/delivery";
import { outboxPrefix } from "../../core/sync/outboxEntries";
import { folderFiles } from "./folderFiles";
import { folderMemory } from "./folderMemory";
import { randomIds, systemClock } from "./ports";

/** What this machine stores for one desk. */
export interface DeskMemory {
  readonly main: Memory;
  /** Which reminders were shown. */
  readonly alarms: Memory;
}

/** Values under a name, shared by all windows, so that one window can complete what another started. */
export async function sharedMemory(context: vscode.ExtensionContext, name: string): Promise<Memory> {
  const hash = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(name));
  const folder = [...new Uint8Array(hash).slice(0, 12)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return memoryIn(vscode.Uri.joinPath(desksFolder(context), folder));
}

/** The name of a memory by the folder's address. Earlier versions used it; it is still used where nothing else identifies the desk. */
export function addressedName({ uri }: vscode.WorkspaceFolder, id: string): string {
  return `${uri.toString()} ${id}`;
}

/** Opens the memory of a desk and moves the values stored under `former` into it. */
export async function openDeskMemory(context: vscode.ExtensionContext, name: string, former: string, log: Log): Promise<DeskMemory> {
  const [main, alarms] = await Promise.all([sharedMemory(context, name), sharedMemory(context, `${name} alarms`)]);
  if (name !== former) {
    await migrateMemory(await sharedMemory(context, former), main, log);
    await migrateMemory(await sharedMemory(context, `${former} alarms`), alarms, log);
  }
  for (const memory of [main, alarms]) await noteUse(memory);
  return { main, alarms };
}

/** Moves every value into another memory without overwriting. It can be interrupted and repeated. */
async function migrateMemory(from: Memory, to: Memory, log: Log): Promise<void> {
  const keys = await from.keys("");
  if (keys.kind === "failed") return log.error(`The old memory of the desk could not be read: ${keys.failure.kind}`);
  for (const key of keys.value) {
    if (key === usedKey) continue;
    const [value, there] = await Promise.all([from.read(key), to.read(key)]);
    // Values that cannot be read stay where they are.
    if (value.kind === "failed" || there.kind === "failed") log.error(`A stored value could not be moved: ${key}`);
    else if (value.value === undefined || there.value !== undefined || (await to.write(key, value.value)).kind === "ok") await from.remove(key);
  }
}

/** The time when a memory was last opened. */
const usedKey = "used";

const day = 24 * 3_600_000;

/** Milliseconds after which the memory of an unused desk is removed. */
const unused = 180 * day;

/** The same for a memory with changes that were never sent. */
const unusedUnsent = 2 * 365 * day;

async function noteUse(memory: Memory): Promise<void> {
  const now = systemClock.now();
  const before = await memory.read(usedKey);
  if (before.kind === "ok" && typeof before.value === "string" && millisecondsOf(now) - millisecondsOf(before.value) < day) return;
  await memory.write(usedKey, now);
}

/** Removes the memories of desks that were not opened on this machine for half a year, or two years if changes were never sent. */
export async function removeUnusedMemories(context: vscode.ExtensionContext, log: Log): Promise<void> {
  const { fs } = vscode.workspace;
  const now = millisecondsOf(systemClock.now());
  const entries = await folderFiles(desksFolder(context), () => true).list("");
  for (const { name, kind } of entries.kind === "ok" ? entries.value : []) {
    if (kind !== "folder") continue;
    const folder = vscode.Uri.joinPath(desksFolder(context), name);
    const memory = memoryIn(folder);
    const used = await memory.read(usedKey);
    if (used.kind !== "ok") continue;
    // Earlier versions did not store the time of use. Start now.
    if (typeof used.value !== "string" || Number.isNaN(Date.parse(used.value))) {
      await memory.write(usedKey, instantAt(now));
      continue;
    }
    const age = now - millisecondsOf(used.value);
    if (age < unused) continue;
    const waiting = await Promise.all([outboxPrefix, deliveriesPrefix].map((prefix) => memory.keys(prefix)));
    if (waiting.some((keys) => keys.kind === "failed" || (keys.value.length > 0 && age < unusedUnsent))) continue;
    log.info(`Removed the stored data of a desk that was last opened ${used.value}`);
    await fs.delete(folder, { recursive: true });
  }
}

function desksFolder(context: vscode.ExtensionContext): vscode.Uri {
  return vscode.Uri.joinPath(context.globalStorageUri, "desks");
}

function memoryIn(folder: vscode.Uri): Memory {
  return folderMemory(folderFiles(folder, () => true), randomIds, () => Date.now());
}
