import type * as vscode from "vscode";
import type { Log } from "../../core/ports";

/** The extension's output channel as a log; the channel's owner disposes it. */
export function outputLog(channel: vscode.LogOutputChannel): Log {
  return {
    info: (message) => channel.info(message),
    error: (message) => channel.error(message),
  };
}
