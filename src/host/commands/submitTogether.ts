import type { Operation } from "../../core/issue/operation";
import { ok } from "../../core/result";
import type { CommandEnd, DeskTools } from "./command";

/** Has several operations written, all stored or none; ends with the first that failed. */
export async function submitTogether({ session, working }: DeskTools, title: string, operations: readonly Operation[]): Promise<CommandEnd> {
  const wishes = operations.map((operation) => ({ key: session.ids.next(), operation }));
  const sent = await working(title, session.submitAll(wishes, () => undefined));
  if (sent === undefined || sent.kind === "failed") return sent;
  return sent.value.find((result) => result.kind === "failed") ?? ok(undefined);
}
