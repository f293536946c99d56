import * as vscode from "vscode";
import { assertNever, failed, ok } from "../../core/result";
import type { CommandEnd, DeskTools } from "./command";
import { chooseIssue } from "./input/pickIssue";
import { readIssueTarget } from "./input/readTarget";
import { showFile } from "./input/showFile";

/** Opens the issue itself: its file, or its page on the web. A broken file can be opened too. */
export async function run({ session }: DeskTools, [argument]: readonly unknown[]): Promise<CommandEnd> {
  const broken = brokenPath(argument);
  if (broken !== undefined) {
    return showFile(session.folder, broken);
  }
  const ref = await chooseIssue(session, argument, { title: vscode.l10n.t("Open issue"), placeholder: vscode.l10n.t("Which issue?") });
  if (ref === undefined) return undefined;
  const known = session.issue(ref);
  const issue = known === undefined ? await session.tracker.get(ref) : ok(known);
  if (issue.kind === "failed") return issue;
  const { location } = issue.value;
  switch (location.kind) {
    case "file": {
      const there = await session.files.read(location.path);
      if (there.kind === "failed") return there.failure.kind === "missing" ? failed({ kind: "gone", ref }) : there;
      return showFile(session.folder, location.path);
    }
    case "web":
      await vscode.env.openExternal(vscode.Uri.parse(location.url, true));
      return ok(undefined);
    default:
      return assertNever(location);
  }
}

function brokenPath(argument: unknown): string | undefined {
  if (typeof argument !== "object" || argument === null || readIssueTarget(argument) !== undefined) return undefined;
  return "kind" in argument && argument.kind === "broken" && "path" in argument && typeof argument.path === "string" ? argument.path : undefined;
}
