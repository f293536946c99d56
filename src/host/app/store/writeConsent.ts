import * as vscode from "vscode";
import type { Repository } from "../../../core/model/issueRef";
import { showDialog } from "../../ui/dialog";
import { hostOf } from "../../ui/format";
import { plainLabel } from "../../ui/safeText";

/** Asks before this workspace first writes to a repository, because anyone may have written the workspace's files. */
interface WriteConsent {
  /** Asks once and stores the consent. A refusal lasts until `resetConsent`. */
  mayWrite(repository: Repository): Promise<boolean>;
  resetConsent(): void;
}

/** Consent is stored in the workspace state, per server and repository. */
export function writeConsent(memento: vscode.Memento, server: string): WriteConsent {
  const key = `responseDesk.github.mayWrite ${server}`;
  const asked = new Map<Repository, Promise<boolean>>();

  const agreed = (): readonly string[] => {
    const stored: unknown = memento.get(key);
    return Array.isArray(stored) ? stored.filter((each) => typeof each === "string") : [];
  };

  async function ask(repository: Repository): Promise<boolean> {
    const t = vscode.l10n.t;
    const write = t("Write to Repository");
    const chosen = await showDialog(
      "warning",
      t("Allow this workspace to write to {0}?", plainLabel(repository)),
      t("This workspace uses the repository {0} on {1}. Issues, comments and steps are written there in your name. You are asked once for each repository. Until you allow it, your changes stay pending on this machine.", plainLabel(repository), hostOf(server)),
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
    resetConsent: () => asked.clear(),
  };
}
