import * as vscode from "vscode";
import type { Repository } from "../../../core/model/issueRef";
import { hostOf } from "../../ui/format";
import { plainLabel } from "../../ui/safeText";

/** Whether this workspace may write into a repository: what a workspace names was chosen by whoever wrote it. */
interface WriteConsent {
  /** Asks the person the first time and remembers that they agreed; declining lasts until `askAgain`. */
  mayWrite(repository: Repository): Promise<boolean>;
  askAgain(): void;
}

/** Agreements are kept for the workspace, for each server and repository. */
export function writeConsent(memento: vscode.Memento, server: string): WriteConsent {
  const key = `responseDesk.github.mayWrite ${server}`;
  const asked = new Map<Repository, Promise<boolean>>();

  const agreed = (): readonly string[] => {
    const stored: unknown = memento.get(key);
    return Array.isArray(stored) ? stored.filter((each) => typeof each === "string") : [];
  };

  async function ask(repository: Repository): Promise<boolean> {
    const t = vscode.l10n.t;
    const write = t("Write There");
    const chosen = await vscode.window.showWarningMessage(
      t("May this workspace write into {0}?", plainLabel(repository)),
      {
        modal: true,
        detail: t("This workspace names the repository {0} on {1}. Issues, comments and ticks will be written there under your name. You are asked once for each repository; until then, what you changed waits on this machine.", plainLabel(repository), hostOf(server)),
      },
      write,
    );
    if (chosen !== write) return false;
    await memento.update(key, [...agreed(), repository.toLowerCase()]);
    return true;
  }

  return {
    mayWrite(repository) {
      const name = repository.toLowerCase();
      if (agreed().includes(name)) return Promise.resolve(true);
      const answer = asked.get(name) ?? ask(repository);
      asked.set(name, answer);
      return answer;
    },
    askAgain: () => asked.clear(),
  };
}
