import type * as vscode from "vscode";
import { readWebhookAddress } from "../../core/incident/webhook";

/** Addresses of webhooks by their name in `desk.yml`. */
interface Addresses {
  get(name: string): Promise<string | undefined>;
  set(name: string, address: string): Promise<void>;
  remove(name: string): Promise<void>;
}

/**
 * Stores addresses in the editor's secret storage and nowhere else. Each desk has its own, so that a workspace cannot post to
 * another desk's channel by using its name.
 */
export function webhookAddresses(secrets: Pick<vscode.SecretStorage, "get" | "store" | "delete">, desk: string): Addresses {
  const keyOf = (name: string): string => `responseDesk.webhook ${desk} ${name}`;
  return {
    async get(name) {
      const stored = await secrets.get(keyOf(name));
      return stored === undefined ? undefined : readWebhookAddress(stored);
    },
    async set(name, address) {
      await secrets.store(keyOf(name), address);
    },
    async remove(name) {
      await secrets.delete(keyOf(name));
    },
  };
}
