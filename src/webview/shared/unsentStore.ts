import { anything, parseJson } from "../../core/parseData";
import type { Kept } from "./memory";

/**
 * Messages that the host has not taken, in the browser's own storage. What VS Code remembers for a panel is gone with the
 * panel, and a panel whose extension host died does not come back after a reload; this is there when it is opened again.
 */
export interface UnsentStore {
  all(owner: string): readonly { readonly key: string; readonly message: unknown }[];
  add(owner: string, kept: Kept<unknown>): void;
  remove(owner: string, key: string): void;
}

/** `storage` is absent where the browser allows none: then nothing is kept. */
export function unsentStore(storage: Storage | undefined): UnsentStore {
  const place = (owner: string, key = ""): string => `responseDesk.unsent ${owner} ${key}`;
  return {
    all: (owner) =>
      Object.keys(storage ?? {})
        .filter((name) => name.startsWith(place(owner)))
        .flatMap((name) => {
          const message = parseJson(anything, storage?.getItem(name) ?? undefined);
          return message === undefined ? [] : [{ key: name.slice(place(owner).length), message }];
        }),
    add(owner, { key, message }) {
      try {
        storage?.setItem(place(owner, key), JSON.stringify(message));
      } catch (error) {
        console.error(error);
      }
    },
    remove: (owner, key) => storage?.removeItem(place(owner, key)),
  };
}

/** The page's storage, if the browser allows it one. */
export function pageStorage(): Storage | undefined {
  try {
    return window.localStorage;
  } catch {
    return undefined;
  }
}
