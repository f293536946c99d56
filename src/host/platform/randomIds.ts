import type { Ids } from "../../core/ports";

const alphabet = "abcdefghijklmnopqrstuvwxyz012345";

/** Random names of 16 characters, 80 bits each. */
export const randomIds: Ids = {
  next: () => [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => alphabet[byte % 32]).join(""),
};
