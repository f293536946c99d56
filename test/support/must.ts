import assert from 'node:assert/strict';
import type { Result } from '../../src/core/model/result';

/** What went well; the test fails with the failure where it did not. */
export async function must<T>(promise: Promise<Result<T>>): Promise<T> {
  const result = await promise;
  return result.kind === "ok" ? result.value : assert.fail(JSON.stringify(result.failure));
}
