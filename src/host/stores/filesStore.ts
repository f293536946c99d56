import * as vscode from "vscode";
import { failed, ok } from "../../core/result";
import { createFilesTracker } from "../../trackers/files/filesTracker";
import { debounced } from "../platform/debounced";
import { identity } from "../platform/identity";
import { watchFolder } from "../platform/watchFolder";
import type { Store, StoreParts } from "./store";

/** Issues as files below `.desk` in the workspace folder: followed by a watcher, written by whoever may write the folder. */
export function filesStore({ context, folder, files, clock, ids, desk }: StoreParts): Store {
  const who = identity(context.globalState, () => desk().people);
  const tracker = createFilesTracker({ files, clock, ids, me: () => who.known() ?? "unknown" });
  let stop: (() => void) | undefined;

  return {
    tracker,
    id: "files",
    now: () => ({ kind: "files" }),
    place: (each) => each,
    reload: async () => {},
    knownMe: () => who.known(),
    async me() {
      const login = await who.get();
      return login === undefined ? failed({ kind: "noIdentity" }) : ok(login);
    },
    remembered: async () => undefined,
    follow(events) {
      const soon = debounced(60, () => events.reread());
      const watchers = watchFolder(folder, ".desk/**", () => soon());
      // Where folders are made one in another, the editor may miss what is written into the inner one.
      const returns = vscode.window.onDidChangeWindowState(({ focused }) => {
        if (focused) soon();
      });
      stop = () => {
        soon.dispose();
        watchers.dispose();
        returns.dispose();
      };
    },
    noteReading() {},
    askAgain() {},
    dispose: () => stop?.(),
  };
}
