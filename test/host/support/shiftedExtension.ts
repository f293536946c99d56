import * as vscode from 'vscode';
import { systemClock } from '../../../src/host/platform/ports';

export { activate, deactivate } from "../../../src/extension";

const machine = { ...systemClock };

/** The extension for tests of time. Its clock is ahead of the system clock by the seconds in the workspace setting `responseDesk.test.ahead`. */
Object.assign(systemClock, {
  now(): string {
    const ahead = vscode.workspace.getConfiguration("responseDesk").get<number>("test.ahead", 0);
    return `${new Date(Date.parse(machine.now()) + 1000 * ahead).toISOString().slice(0, 19)}Z`;
  },
});
