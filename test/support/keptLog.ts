import type { Log } from '../../src/core/model/ports';

/** A log that keeps what it was told. */
export interface KeptLog extends Log {
  readonly errors: string[];
}

export function keptLog(): KeptLog {
  const errors: string[] = [];
  return { errors, info: () => undefined, error: (message) => void errors.push(message) };
}
