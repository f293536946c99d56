import * as v from "valibot";
import { anything, finiteNumber, type Infer, parseData, stringMap } from "../../core/model/parseData";

/** What a webview stores while it is hidden or restarted: position, drafts and unconfirmed messages. Never content. */
interface Remembered<Unsent> {
  readonly subject?: unknown;
  readonly scroll: number;
  /** Unsent text by field name. */
  readonly drafts: Readonly<Record<string, string>>;
  readonly unsent: readonly UnsentMessage<Unsent>[];
  /** How the user arranged the page, such as collapsed sections. */
  readonly choices: Readonly<Record<string, string>>;
}

/** A message that the host has not confirmed. `again`: it was sent before. */
export interface UnsentMessage<Message> {
  readonly key: string;
  readonly message: Message;
  readonly again: boolean;
}

export interface PanelMemory<Unsent> {
  now(): Remembered<Unsent>;
  /** Stored immediately. */
  change(part: Partial<Remembered<Unsent>>): void;
}

const keptMessage = v.object({ key: v.string(), message: anything, again: v.boolean() });

const stored = v.object({ subject: v.exactOptional(anything), scroll: finiteNumber, drafts: stringMap, unsent: v.array(keptMessage), choices: v.optional(stringMap, {}) });

/** The stored state. Parts that cannot be read are dropped. */
export function panelMemory<Unsent>(api: VsCodeApi, message: v.GenericSchema<unknown, Unsent>): PanelMemory<Unsent> {
  const earlier = parseData(stored, api.getState());
  const memory: { now: Remembered<Unsent> } = {
    now: earlier === undefined ? { scroll: 0, drafts: {}, unsent: [], choices: {} } : { ...earlier, unsent: readUnsent(message, earlier.unsent) },
  };
  return {
    now: () => memory.now,
    change(part) {
      memory.now = { ...memory.now, ...part };
      api.setState(memory.now);
    },
  };
}

/** The stored messages that this version can read. Each may have been sent before. */
export function readUnsent<Unsent>(schema: v.GenericSchema<unknown, Unsent>, unsent: readonly Pick<Infer<typeof keptMessage>, "key" | "message">[]): readonly UnsentMessage<Unsent>[] {
  return unsent.flatMap(({ key, message: value }): UnsentMessage<Unsent>[] => {
    const message = parseData(schema, value);
    return message === undefined ? [] : [{ key, message, again: true }];
  });
}

/** Stores the scroll position. The returned function restores it once the content is rendered. */
export function keepScroll<T>(memory: PanelMemory<T>): () => void {
  const waiting: { timer?: ReturnType<typeof setTimeout> } = {};
  window.addEventListener("scroll", () => {
    clearTimeout(waiting.timer);
    waiting.timer = setTimeout(() => memory.change({ scroll: window.scrollY }), 150);
  }, { passive: true });
  return () => window.scrollTo(0, memory.now().scroll);
}

/** The API that VS Code provides to a webview. */
interface VsCodeApi {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
}

declare function acquireVsCodeApi(): VsCodeApi;

/** Can be called once per page. */
export function vscodeApi(): VsCodeApi {
  return acquireVsCodeApi();
}
