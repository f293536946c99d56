import assert from 'node:assert/strict';
import type { Result } from '../../src/core/model/result';

/** Returns the value of a result. The test fails if it is a failure. */
export async function must<T>(promise: Promise<Result<T>>): Promise<T> {
  const result = await promise;
  return result.kind === "ok" ? result.value : assert.fail(JSON.stringify(result.failure));
}
