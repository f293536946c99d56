import type * as vscode from "vscode";
import type { Clock, Ids, Log, Timer } from "../../core/model/ports";

/** The system clock, in whole seconds. */
export const systemClock: Clock = {
  now: () => `${new Date().toISOString().slice(0, 19)}Z`,
  wait: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
};

/** The system timers. */
export const systemTimer: Timer = {
  after(milliseconds, run) {
    const timer = setTimeout(run, milliseconds);
    return () => clearTimeout(timer);
  },
};

/** Random ids of 32 characters with 122 random bits. */
export const randomIds: Ids = { next: () => crypto.randomUUID().replaceAll("-", "") };

/** Adapts an output channel. The owner of the channel disposes of it. */
export function outputLog(channel: vscode.LogOutputChannel): Log {
  return {
    info: (message) => channel.info(message),
    error: (message) => channel.error(message),
  };
}
