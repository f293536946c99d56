import * as vscode from "vscode";
import { dress, icon } from "./dress";
import type { MeNode } from "./node";
import { plainLabel } from "./plainLabel";
import { safeTooltip } from "./safeMarkdown";
import { hostOf } from "./sayServer";

/** Who is at the keyboard; where a server keeps the issues, whether they are signed in there. */
export function nameMe({ login, store }: MeNode): string {
  const t = vscode.l10n.t;
  if (store.kind === "github" && !store.signedIn) return t("Not signed in");
  if (login !== undefined) return t("You are {0}", login);
  return store.kind === "files" ? t("Who are you?") : t("Signed in");
}

/** The one line that says who is at the keyboard and where the issues are kept; its menu changes both. */
export function dressMe(item: vscode.TreeItem, { login, store }: MeNode): vscode.TreeItem {
  const t = vscode.l10n.t;
  if (store.kind === "files") {
    return dress(item, {
      description: login === undefined ? t("click to say") : t("click to change"),
      icon: icon("account"),
      context: "me files",
      tooltip: safeTooltip(t("Issues are kept in plain files"), [t("They are in the folder .desk of this workspace. The menu of this line can keep them on GitHub instead.")]),
      click: ["responseDesk.me.choose"],
    });
  }
  const where = store.server === "" ? t("the setting of the server cannot be used") : t("issues on {0}", hostOf(store.server));
  return dress(item, {
    description: store.signedIn ? where : t("{0} · click to sign in", where),
    icon: store.signedIn ? icon("github") : icon("warning", "list.warningForeground"),
    context: `me github ${store.signedIn ? "signedIn" : "signedOut"}`,
    tooltip: safeTooltip(
      nameMe({ kind: "me", id: "me", ...(login === undefined ? {} : { login }), store }),
      [where, ...store.repositories.map(plainLabel), t("The menu of this line signs in and out, and can keep the issues in plain files instead.")],
    ),
    click: ["responseDesk.github.signIn"],
  });
}
