import type { CommandEnd, DeskTools } from "./command";
import { tellSignedIn } from "./input/tellSignedIn";

/** Signs in where the desk's issues are, or chooses another account; a desk in plain files is asked whether it should move there. */
export async function run(tools: DeskTools): Promise<CommandEnd> {
  const account = tools.session.account.github();
  if (account === undefined) return (await import("./useGithub")).run(tools);
  return tellSignedIn(account.server, await account.signIn());
}
