import { existsSync } from "node:fs";
import path from "node:path";
import type { Desk } from "../core/desk/desk";
import { wordDeskProblem } from "../core/desk/deskProblemWords";
import { failed, ok, type Result } from "../core/result";
import { readDesk } from "./desks";
import { say } from "./say";

/** The desk that a folder holds, or a sentence why there is none; `typed` is the folder as the person typed it. */
export async function readDeskIn(folder: string, typed: string): Promise<Result<Desk, string>> {
  const file = path.join(folder, "desk.yml");
  if (!existsSync(file)) return failed(say("There is no desk.yml in “{0}”. Name the folder that holds one: --desk <folder>", typed));
  const { desk, problems, fileProblems } = await readDesk(file);
  if (desk !== undefined) return ok(desk);
  const flaw = problems.find(({ severity }) => severity === "error");
  if (flaw !== undefined) return failed(say("The desk.yml in “{0}” cannot be used. Line {1}: {2}", typed, String(flaw.range.startLine + 1), wordDeskProblem(flaw, say)));
  return failed(say("The desk.yml in “{0}” cannot be read ({1}).", typed, fileProblems[0]?.details["reason"] ?? "it is not in UTF-8"));
}
