import type { CommandEnd, DeskTools } from "./command";
import { link } from "./linkExisting";

/** Says of an issue that it waits for another one. */
export async function run(tools: DeskTools, [argument]: readonly unknown[]): Promise<CommandEnd> {
  return link(tools, argument, "blockedBy");
}
