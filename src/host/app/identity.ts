import * as v from "valibot";
import { deskFolder } from "../../core/markup/issueFile";
import { type Infer, parseJson } from "../../core/model/parseData";
import type { Files, Ids, Memory } from "../../core/model/ports";

/** Git ignores this folder, so the file is never committed. */
const idFile = `${deskFolder}/.local/desk.json`;

const ignoreFile = { path: `${deskFolder}/.local/.gitignore`, text: "*\n" } as const;

/** Key in the memory of a desk: the address at which the desk was last seen. */
const addressKey = "desk/address";

/** Key in the memory of an address: the id of the desk that was last seen there. */
const idKey = "desk/id";

interface IdentityParts {
  readonly files: Files;
  readonly address: string;
  /** The files of a folder at another address. */
  readonly at: (address: string) => Files;
  /** The values that this machine stores under a name. */
  readonly memory: (name: string) => Promise<Memory>;
  readonly ids: Ids;
  readonly writable: boolean;
}

/**
 * The name under which this machine stores the data of a desk in plain files. It stays the same when the folder is renamed or
 * moved; a copy of the folder, or another clone, gets its own. A folder without issues, or one that cannot be written, is named
 * by its address.
 */
export async function deskIdentity(parts: IdentityParts): Promise<string> {
  const { files, address, ids, writable } = parts;
  const found = await readIdentity(files);
  if (found === undefined && (!writable || !(await hasDesk(files)))) return address;
  if (found !== undefined && !(await isCopy(parts, found))) return claim(parts, found.id);
  if (!writable) return address;
  const earlier = found === undefined ? await idLastAt(parts) : undefined;
  if (earlier !== undefined) return claim(parts, earlier);
  await writeIdentity(files, { id: ids.next(), address });
  // Another window may have written an id at the same time. Both windows use the last one.
  const written = await readIdentity(files);
  if (written === undefined) return address;
  // Two addresses of the same folder, as by a symbolic link, are not copies of each other.
  if (found !== undefined && (await sameIdAt(parts, await addressesOf(parts, found), written.id))) return claim(parts, found.id);
  return remember(parts, written.id);
}

const identitySchema = v.object({
  id: v.pipe(v.string(), v.regex(/^[a-z0-9]{8,40}$/)),
  /** The folder's address when the file was written. */
  address: v.string(),
});

type DeskIdentity = Infer<typeof identitySchema>;

function nameOf(id: string): string {
  return `desk ${id}`;
}

function placeOf(address: string): string {
  return `place ${address}`;
}

/** Whether the desk with that id still exists at its old address: then this folder is a copy. */
async function isCopy(parts: IdentityParts, found: DeskIdentity): Promise<boolean> {
  return sameIdAt(parts, await addressesOf(parts, found), found.id);
}

/** Other addresses of the desk, from the file in the folder and from the memory of this machine. */
async function addressesOf({ address, memory }: IdentityParts, found: DeskIdentity): Promise<readonly string[]> {
  const remembered = await (await memory(nameOf(found.id))).read(addressKey);
  const known = remembered.kind === "ok" && typeof remembered.value === "string" ? [remembered.value] : [];
  return [...new Set([found.address, ...known])].filter((each) => each !== address);
}

async function sameIdAt({ at }: IdentityParts, addresses: readonly string[], id: string): Promise<boolean> {
  const others = await Promise.all(addresses.map((address) => readIdentity(at(address))));
  return others.some((other) => other?.id === id);
}

/** The id of the desk at this address before its file was lost, as when Git removed ignored files. */
async function idLastAt({ address, memory }: IdentityParts): Promise<string | undefined> {
  const last = await (await memory(placeOf(address))).read(idKey);
  if (last.kind === "failed" || typeof last.value !== "string") return undefined;
  const seen = await (await memory(nameOf(last.value))).read(addressKey);
  return seen.kind === "ok" && seen.value === address ? last.value : undefined;
}

async function claim(parts: IdentityParts, id: string): Promise<string> {
  const { files, address, writable } = parts;
  const found = await readIdentity(files);
  if (writable && (found?.id !== id || found.address !== address)) await writeIdentity(files, { id, address });
  return remember(parts, id);
}

async function remember({ address, memory }: IdentityParts, id: string): Promise<string> {
  const [desk, place] = await Promise.all([memory(nameOf(id)), memory(placeOf(address))]);
  for (const [target, key, value] of [[desk, addressKey, address], [place, idKey, id]] as const) {
    const before = await target.read(key);
    if (before.kind === "failed" || before.value !== value) await target.write(key, value);
  }
  return nameOf(id);
}

async function hasDesk(files: Files): Promise<boolean> {
  const entries = await files.list(deskFolder);
  return entries.kind === "ok" && entries.value.length > 0;
}

async function readIdentity(files: Files): Promise<DeskIdentity | undefined> {
  const text = await files.read(idFile);
  // If the file cannot be read, a new one replaces it.
  return text.kind === "failed" ? undefined : parseJson(identitySchema, text.value);
}

async function writeIdentity(files: Files, identity: DeskIdentity): Promise<void> {
  const ignored = await files.read(ignoreFile.path);
  if (ignored.kind === "failed" && ignored.failure.kind === "missing") await files.write(ignoreFile.path, ignoreFile.text);
  await files.write(idFile, `${JSON.stringify(identity)}\n`);
}
