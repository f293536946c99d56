import * as vscode from "vscode";
import type { RepositoryForms } from "../../../core/forms/issueForm";
import type { Repository } from "../../../core/issue/issueRef";
import type { Result } from "../../../core/result";
import { plainLabel } from "../../views/plainLabel";
import type { DeskTools } from "../command";
import { wordFailure } from "../failureWords";
import { runInBackground } from "../../platform/background";

/** The forms of repositories, read while a person answers other questions. */
export interface FormReading {
  /** Ends once they are read, or the person does not want to wait. What cannot be read is told, and taken as none. */
  ready(repositories: readonly Repository[]): Promise<void>;
  /** What there is to offer; `undefined` where that is nothing, or is not known. */
  of(repository: Repository | undefined): RepositoryForms | undefined;
}

/** Milliseconds that anybody is kept waiting. */
const patience = 8000;

/** Begins to read. */
export function formReading({ session, working }: DeskTools, repositories: readonly Repository[]): FormReading {
  const begun = new Map<Repository, Promise<Result<RepositoryForms>>>();
  const known = new Map<Repository, RepositoryForms | undefined>();
  const begin = (repository: Repository): Promise<Result<RepositoryForms>> => {
    const reading = begun.get(repository) ?? session.store.tracker.forms(repository);
    begun.set(repository, reading);
    return reading;
  };
  for (const repository of repositories) runInBackground(begin(repository), session.log);

  return {
    async ready(wanted) {
      const left = wanted.filter((repository) => !known.has(repository));
      const names = plainLabel(left.join(", "));
      if (left.length === 0) return;
      const late = session.clock.wait(patience).then(() => "late" as const);
      const results = await working(vscode.l10n.t("Reading the issue forms of {0}…", names), Promise.race([Promise.all(left.map(begin)), late]));
      if (results === "late") runInBackground(vscode.window.showWarningMessage(vscode.l10n.t("Reading the issue forms of {0} takes too long, so this goes on without.", names)), session.log);
      left.forEach((repository, index) => {
        const result = results === "late" ? undefined : results?.[index];
        known.set(repository, result?.kind === "ok" ? result.value : undefined);
        if (result?.kind !== "failed") return;
        session.log.info(`The forms of ${repository} could not be read: ${result.failure.kind}`);
        runInBackground(vscode.window.showWarningMessage(vscode.l10n.t("The issue forms of {0} could not be read, so this goes on without. {1}", plainLabel(repository), wordFailure(result.failure).message)), session.log);
      });
    },
    of(repository = "") {
      const forms = known.get(repository);
      return forms === undefined || forms.forms.length + forms.broken.length + forms.links.length === 0 ? undefined : forms;
    },
  };
}
