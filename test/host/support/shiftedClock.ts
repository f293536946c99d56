import * as vscode from 'vscode';
import { systemClock } from '../../../src/host/platform/ports';

// For tests of time: the clock of the extension is ahead of the system clock by the seconds in the workspace setting
// `responseDesk.test.ahead`. Each bundle has its own clock.

const machine = { ...systemClock };

Object.assign(systemClock, {
  now(): string {
    const ahead = vscode.workspace.getConfiguration("responseDesk").get<number>("test.ahead", 0);
    return `${new Date(Date.parse(machine.now()) + 1000 * ahead).toISOString().slice(0, 19)}Z`;
  },
});
