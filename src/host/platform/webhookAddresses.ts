import type * as vscode from "vscode";
import { readWebhookAddress } from "../../core/incident/webhook";

/** Addresses of webhooks by their name in `desk.yml`. */
interface Addresses {
  get(name: string): Promise<string | undefined>;
  set(name: string, address: string): Promise<void>;
  remove(name: string): Promise<void>;
  names(): Promise<readonly string[]>;
}

/**
 * Stores addresses in the editor's secret storage and nowhere else. Each desk has its own, so that a workspace cannot post to
 * another desk's channel by using its name.
 */
export function webhookAddresses(secrets: Pick<vscode.SecretStorage, "get" | "store" | "delete">, desk: string): Addresses {
  const keyOf = (name: string): string => `responseDesk.webhook ${desk} ${name}`;
  // Not every editor can list its secrets. Names contain no spaces.
  const listKey = `responseDesk.webhooks ${desk}`;

  async function names(): Promise<readonly string[]> {
    return ((await secrets.get(listKey)) ?? "").split(" ").filter((name) => name !== "");
  }

  async function setNames(all: readonly string[]): Promise<void> {
    if (all.length === 0) await secrets.delete(listKey);
    else await secrets.store(listKey, all.join(" "));
  }

  return {
    async get(name) {
      const stored = await secrets.get(keyOf(name));
      return stored === undefined ? undefined : readWebhookAddress(stored);
    },
    async set(name, address) {
      await setNames([...new Set([...(await names()), name])]);
      await secrets.store(keyOf(name), address);
    },
    async remove(name) {
      await secrets.delete(keyOf(name));
      await setNames((await names()).filter((other) => other !== name));
    },
    names,
  };
}
