import type { ExtensionContext } from 'vscode';

/** Wires the rooms together; synchronous and without I/O. */
export function activate(_context: ExtensionContext): void {}
