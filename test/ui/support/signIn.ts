import type { Workbench } from "./workbench";

/** Signs in to the fake GitHub with a token, as a person without an account in the editor does. */
export async function signIn(w: Workbench, token: string, login: string): Promise<void> {
  await w.openView("Incidents");
  await w.waitForRow("On Call", "Not signed in");
  await w.command("Response Desk: Enter GitHub Token…");
  await w.answer("Token for 127.0.0.1", token);
  await w.waitForRow("On Call", `You are ${login}`);
}
