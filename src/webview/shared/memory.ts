import * as v from "valibot";
import { anything, finiteNumber, type Infer, parseData, stringMap } from "../../core/model/parseData";

/** What a webview keeps over hiding and restarting: where the person was, what they typed, what was not yet taken. Never data. */
interface Remembered<Unsent> {
  readonly subject?: unknown;
  readonly scroll: number;
  /** Text typed and not yet used, by the name of its field. */
  readonly drafts: Readonly<Record<string, string>>;
  readonly unsent: readonly UnsentMessage<Unsent>[];
}

/** A message that the host has not yet said it took. `again`: it was sent before. */
export interface UnsentMessage<Message> {
  readonly key: string;
  readonly message: Message;
  readonly again: boolean;
}

export interface PanelMemory<Unsent> {
  now(): Remembered<Unsent>;
  /** Kept at once. */
  change(part: Partial<Remembered<Unsent>>): void;
}

const keptMessage = v.object({ key: v.string(), message: anything, again: v.boolean() });

const stored = v.object({ subject: v.exactOptional(anything), scroll: finiteNumber, drafts: stringMap, unsent: v.array(keptMessage) });

/** What was remembered, as far as it can be understood. */
export function panelMemory<Unsent>(api: VsCodeApi, message: v.GenericSchema<unknown, Unsent>): PanelMemory<Unsent> {
  const earlier = parseData(stored, api.getState());
  const memory: { now: Remembered<Unsent> } = {
    now: earlier === undefined ? { scroll: 0, drafts: {}, unsent: [] } : { ...earlier, unsent: readUnsent(message, earlier.unsent) },
  };
  return {
    now: () => memory.now,
    change(part) {
      memory.now = { ...memory.now, ...part };
      api.setState(memory.now);
    },
  };
}

/** The stored messages that this version understands; each may have been sent before. */
export function readUnsent<Unsent>(schema: v.GenericSchema<unknown, Unsent>, unsent: readonly Pick<Infer<typeof keptMessage>, "key" | "message">[]): readonly UnsentMessage<Unsent>[] {
  return unsent.flatMap(({ key, message: value }): UnsentMessage<Unsent>[] => {
    const message = parseData(schema, value);
    return message === undefined ? [] : [{ key, message, again: true }];
  });
}

/** Remembers where the page is scrolled to. The function it gives brings the page back there, once its content is in place. */
export function keepScroll<T>(memory: PanelMemory<T>): () => void {
  const waiting: { timer?: ReturnType<typeof setTimeout> } = {};
  window.addEventListener("scroll", () => {
    clearTimeout(waiting.timer);
    waiting.timer = setTimeout(() => memory.change({ scroll: window.scrollY }), 150);
  }, { passive: true });
  return () => window.scrollTo(0, memory.now().scroll);
}

/** What VS Code gives a webview: a line to the host, and a memory that survives hiding and restarting. */
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
