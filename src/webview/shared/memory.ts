import { type Check, type Fields, hasFields, isAnything, isFlag, isList, isNumber, isText, isTextMap, optional } from "../../protocol/check";
import type { VsCodeApi } from "./vscodeApi";

/** What a webview keeps over hiding and restarting: where the person was, what they typed, what was not yet taken. Never data. */
export interface Remembered<Unsent> {
  readonly subject?: unknown;
  readonly scroll: number;
  /** Text typed and not yet used, by the name of its field. */
  readonly drafts: Readonly<Record<string, string>>;
  readonly unsent: readonly Kept<Unsent>[];
}

/** A message that the host has not yet said it took. `again`: it was sent before. */
export interface Kept<Message> {
  readonly key: string;
  readonly message: Message;
  readonly again: boolean;
}

export interface PanelMemory<Unsent> {
  now(): Remembered<Unsent>;
  /** Kept at once. */
  change(part: Partial<Remembered<Unsent>>): void;
}

/** What was remembered, as far as it can be understood. */
export function panelMemory<Unsent>(api: VsCodeApi, isUnsent: Check<Unsent>): PanelMemory<Unsent> {
  const stored = api.getState();
  const kept = hasFields<Kept<unknown>>({ key: isText, message: isAnything, again: isFlag });
  const outer: Fields<Stored> = { subject: optional(isAnything), scroll: isNumber, drafts: isTextMap, unsent: isList(kept) };
  const memory = {
    now: hasFields<Stored>(outer)(stored)
      ? {
          ...stored,
          unsent: stored.unsent.flatMap(({ key, message }): Kept<Unsent>[] => (isUnsent(message) ? [{ key, message, again: true }] : [])),
        }
      : empty<Unsent>(),
  };
  return {
    now: () => memory.now,
    change(part) {
      memory.now = { ...memory.now, ...part };
      api.setState(memory.now);
    },
  };
}

type Stored = Remembered<unknown>;

function empty<Unsent>(): Remembered<Unsent> {
  return { scroll: 0, drafts: {}, unsent: [] };
}
