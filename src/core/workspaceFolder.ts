/**
 * What the paths in each of further workspace folders begin with: its name and a colon, as in `ops:/runbooks/start.md`,
 * and a number where folders share a name. No path of the desk's own folder begins so.
 */
export function folderMarks(names: readonly string[]): readonly string[] {
  const plain = names.map((name) => name.replace(/[\\/]/g, "-"));
  return plain.map((name, index) => {
    const same = plain.slice(0, index).filter((other) => other === name).length;
    return same === 0 ? `${name}:` : `${name} ${same + 1}:`;
  });
}

/** The mark of the workspace folder that a path lies in; empty for the desk's own. */
export function folderMark(path: string): string {
  return /^[^/]+:(?=\/)/.exec(path)?.[0] ?? "";
}

/** The path below the workspace folder that it lies in. */
export function withoutMark(path: string): string {
  const mark = folderMark(path);
  return mark === "" ? path : path.slice(mark.length + 1);
}
