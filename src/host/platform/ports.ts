import type * as vscode from "vscode";
import type { Clock, Ids, Log, Timer } from "../../core/model/ports";

/** The machine's clock, to the second. */
export const systemClock: Clock = {
  now: () => `${new Date().toISOString().slice(0, 19)}Z`,
  wait: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
};

/** The machine's timers. */
export const systemTimer: Timer = {
  after(milliseconds, run) {
    const timer = setTimeout(run, milliseconds);
    return () => clearTimeout(timer);
  },
};

/** Random names of 32 characters, 122 bits each. */
export const randomIds: Ids = { next: () => crypto.randomUUID().replaceAll("-", "") };

/** The extension's output channel as a log; the channel's owner disposes it. */
export function outputLog(channel: vscode.LogOutputChannel): Log {
  return {
    info: (message) => channel.info(message),
    error: (message) => channel.error(message),
  };
}
