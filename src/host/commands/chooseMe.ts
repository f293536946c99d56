import { ok } from "../../core/result";
import { identity } from "../platform/identity";
import type { CommandEnd, DeskTools } from "./command";

/** Asks who is at the keyboard and remembers it for this machine. */
export async function run({ session, context }: DeskTools): Promise<CommandEnd> {
  const login = await identity(context.globalState, () => session.desk().desk.people).choose();
  if (login === undefined) return undefined;
  await session.refresh();
  return ok(login);
}
