import type { Store, StoreParts } from "./store";

/** The place that the settings name, as the `id` of its store. */
export function chosenStore(): string {
  return "files";
}

/** Opens the place that the settings name. */
export async function openStore(parts: StoreParts): Promise<Store> {
  const { filesStore } = await import("./filesStore");
  return filesStore(parts);
}
