import type { CommandEnd, DeskTools } from "./command";
import { tellSignedIn } from "./input/tellSignedIn";

/** Signs in with a token the person made themselves; a desk in plain files is asked whether it should move to GitHub. */
export async function run(tools: DeskTools): Promise<CommandEnd> {
  const account = tools.session.account.github();
  if (account === undefined) return (await import("./useGithub")).run(tools);
  return tellSignedIn(account.server, await account.enterToken());
}
