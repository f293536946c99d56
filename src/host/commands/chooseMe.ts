import { ok } from "../../core/result";
import { identity } from "../platform/identity";
import type { CommandEnd, DeskTools } from "./command";

/** Asks who is at the keyboard and remembers it for this machine; where issues are on a server, who is signed in there. */
export async function run(tools: DeskTools): Promise<CommandEnd> {
  const { session, context } = tools;
  // There it is the account that says who somebody is.
  if (session.store.now().kind === "github") return (await import("./signIn")).run(tools);
  const login = await identity(context.globalState, () => session.desk.config().people).choose();
  if (login === undefined) return undefined;
  await session.refresh();
  return ok(login);
}
