import type { Ids } from "../../core/ports";

/** Random names of 32 characters, 122 bits each. */
export const randomIds: Ids = { next: () => crypto.randomUUID().replaceAll("-", "") };
