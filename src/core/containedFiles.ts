import type { Failure } from "./failure";
import type { Files } from "./ports";
import { containedPath, type PathRules } from "./relativePath";
import { failed, type Result } from "./result";

/** The files with every path checked by `containedPath` before anything is done with it; a path that fails is `outside`, and nothing was touched. */
export function containedFiles(files: Files, rules: PathRules): Files {
  async function at<T>(path: string, act: (inside: string) => Promise<Result<T>>): Promise<Result<T>> {
    const inside = containedPath(path, rules);
    return inside === undefined ? failed<Failure>({ kind: "outside", path }) : act(inside);
  }

  return {
    list: (folder) => at(folder, files.list),
    read: (path) => at(path, files.read),
    write: (path, text) => at(path, (inside) => files.write(inside, text)),
    move: (from, to) => at(from, (source) => at(to, (target) => files.move(source, target))),
    remove: (path) => at(path, files.remove),
  };
}
