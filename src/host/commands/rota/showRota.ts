import { openSchedule } from "../../ui/openPanel";
import type { CommandEnd } from "../command";

/** Shows the rota of this month. */
export async function run(): Promise<CommandEnd> {
  openSchedule();
  return undefined;
}
