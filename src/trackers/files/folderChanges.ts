/** What changed below the desk's folder since it was last read, as a watcher tells it. */
export interface FolderChanges {
  /** A file changed, came or went. */
  note(path: string): void;
  /** Anything may have changed. */
  noteAll(): void;
  /** What is to be read, which from then on counts as read. */
  take(): "all" | ReadonlySet<string>;
}

/** At first, everything is to be read. */
export function folderChanges(): FolderChanges {
  let all = true;
  let paths = new Set<string>();
  return {
    note: (path) => void paths.add(path),
    noteAll() {
      all = true;
    },
    take() {
      const taken = all ? "all" : paths;
      all = false;
      paths = new Set();
      return taken;
    },
  };
}
