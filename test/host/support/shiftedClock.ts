import * as vscode from "vscode";
import type { Clock } from "../../../src/core/ports";

/** Stands for the machine's clock in tests of time: so many seconds ahead as the workspace's setting `responseDesk.test.ahead` says. */
export const systemClock: Clock = {
  now: () => `${new Date(Date.now() + 1000 * vscode.workspace.getConfiguration("responseDesk").get<number>("test.ahead", 0)).toISOString().slice(0, 19)}Z`,
  wait: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
};
