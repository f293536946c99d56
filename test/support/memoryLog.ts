import type { Log } from '../../src/core/model/ports';

/** A log that stores its messages. */
export interface MemoryLog extends Log {
  readonly errors: string[];
}

export function memoryLog(): MemoryLog {
  const errors: string[] = [];
  return { errors, info: () => undefined, error: (message) => void errors.push(message) };
}
