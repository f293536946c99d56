import type { Operation, OperationKey } from "../../core/issue/operation";
import type { Submission } from "../../core/issue/outbox";
import type { DeskSession } from "../app/session";
import { tellRefusal } from "./tellRefusal";
import { working } from "./working";
import { runInBackground } from "../platform/background";

/**
 * Has an operation written, and gives what came of it. Once a person stops waiting it is `queued`: it goes on, and if it
 * is refused in the end, they are told then.
 */
export async function submitChange(session: DeskSession, title: string, operation: Operation, key: OperationKey = session.ids.next()): Promise<Submission> {
  const at = session.clock.now();
  const work = session.pending.submit(operation, key);
  const submission = await working(title, work);
  if (submission !== undefined) return submission;
  runInBackground(work.then((late) => (late.kind === "failed" ? tellRefusal({ pending: { key, at, by: session.account.knownMe() ?? "", operation }, failure: late.failure }) : undefined)), session.log);
  return { kind: "queued" };
}
