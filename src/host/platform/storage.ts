import * as vscode from "vscode";
import { instantAt, millisecondsOf } from "../../core/model/instant";
import type { Log, Memory } from "../../core/model/ports";
import { outboxPrefix } from "../../core/sync/outboxEntries";
import { folderFiles } from "./folderFiles";
import { folderMemory } from "./folderMemory";
import { randomIds, systemClock } from "./ports";

/** What this machine keeps for one desk in one place. */
export interface DeskMemory {
  readonly main: Memory;
  /** Which alarms were told. */
  readonly alarms: Memory;
}

/** Durable values under a name, shared by all windows, so that another window can finish what one began. */
export async function sharedMemory(context: vscode.ExtensionContext, name: string): Promise<Memory> {
  const hash = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(name));
  const folder = [...new Uint8Array(hash).slice(0, 12)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return memoryIn(vscode.Uri.joinPath(desksFolder(context), folder));
}

/** What the memory of a place was called when it went by the folder's address, and still is where nothing else names the desk. */
export function addressedName({ uri }: vscode.WorkspaceFolder, id: string): string {
  return `${uri.toString()} ${id}`;
}

/** The memory of a desk; what an earlier version, or the desk before it had its name, kept under `former` is taken over. */
export async function openDeskMemory(context: vscode.ExtensionContext, name: string, former: string, log: Log): Promise<DeskMemory> {
  const [main, alarms] = await Promise.all([sharedMemory(context, name), sharedMemory(context, `${name} alarms`)]);
  if (name !== former) {
    await migrateMemory(await sharedMemory(context, former), main, log);
    await migrateMemory(await sharedMemory(context, `${former} alarms`), alarms, log);
  }
  for (const memory of [main, alarms]) await noteUse(memory);
  return { main, alarms };
}

/** Moves every value into another memory, which keeps what it has; stopped anywhere and done again, it loses none. */
async function migrateMemory(from: Memory, to: Memory, log: Log): Promise<void> {
  const keys = await from.keys("");
  if (keys.kind === "failed") return log.error(`What was remembered could not be read: ${keys.failure.kind}`);
  for (const key of keys.value) {
    if (key === usedKey) continue;
    const [value, there] = await Promise.all([from.read(key), to.read(key)]);
    // What cannot be read stays where it is.
    if (value.kind === "failed" || there.kind === "failed") log.error(`What was remembered could not be taken over: ${key}`);
    else if (value.value === undefined || there.value !== undefined || (await to.write(key, value.value)).kind === "ok") await from.remove(key);
  }
}

/** When a memory was last opened. */
const usedKey = "used";

const day = 24 * 3_600_000;

/** Milliseconds after which the memory of a desk that nobody opens is removed. */
const unused = 180 * day;

/** The same where it holds changes that were never sent. */
const unusedUnsent = 2 * 365 * day;

async function noteUse(memory: Memory): Promise<void> {
  const now = systemClock.now();
  const before = await memory.read(usedKey);
  if (before.kind === "ok" && typeof before.value === "string" && millisecondsOf(now) - millisecondsOf(before.value) < day) return;
  await memory.write(usedKey, now);
}

/** Removes what is kept for desks that nobody opened on this machine for half a year, or two years where changes were never sent. */
export async function tidyMemories(context: vscode.ExtensionContext, log: Log): Promise<void> {
  const { fs } = vscode.workspace;
  const now = millisecondsOf(systemClock.now());
  const entries = await folderFiles(desksFolder(context), () => true).list("");
  for (const { name, kind } of entries.kind === "ok" ? entries.value : []) {
    if (kind !== "folder") continue;
    const folder = vscode.Uri.joinPath(desksFolder(context), name);
    const memory = memoryIn(folder);
    const used = await memory.read(usedKey);
    if (used.kind !== "ok") continue;
    // From before memories said when they were used: from now on they do.
    if (typeof used.value !== "string" || Number.isNaN(Date.parse(used.value))) {
      await memory.write(usedKey, instantAt(now));
      continue;
    }
    const age = now - millisecondsOf(used.value);
    if (age < unused) continue;
    const waiting = await memory.keys(outboxPrefix);
    if (waiting.kind === "failed" || (waiting.value.length > 0 && age < unusedUnsent)) continue;
    log.info(`Removed what was kept for a desk that was last opened ${used.value}`);
    await fs.delete(folder, { recursive: true });
  }
}

function desksFolder(context: vscode.ExtensionContext): vscode.Uri {
  return vscode.Uri.joinPath(context.globalStorageUri, "desks");
}

function memoryIn(folder: vscode.Uri): Memory {
  return folderMemory(folderFiles(folder, () => true), randomIds, () => Date.now());
}
