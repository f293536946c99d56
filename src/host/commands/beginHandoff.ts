import { openHandoff } from "../panels/handoff";
import type { CommandEnd, DeskTools } from "./command";

/** Opens the hand-off of the person at the keyboard. */
export async function run({ session }: DeskTools): Promise<CommandEnd> {
  const me = await session.me();
  if (me !== undefined) openHandoff(me);
  return undefined;
}
