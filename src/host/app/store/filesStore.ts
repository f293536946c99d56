import * as vscode from "vscode";
import { debounce } from "../../../core/model/queues";
import { failed, ok } from "../../../core/model/result";
import { folderChanges } from "../../../trackers/files/deskFiles";
import { createFilesTracker } from "../../../trackers/files/filesTracker";
import { runInBackground } from "../../platform/background";
import { gitCommits } from "../../platform/gitCommits";
import { openRepository } from "../../platform/gitExtension";
import { systemTimer } from "../../platform/ports";
import { watchFolder } from "../../platform/watchFolder";
import { identity } from "./login";
import type { Store, StoreParts } from "./store";

/** Issues as files in `.desk` of the workspace folder, followed by a file watcher. */
export function filesStore({ context, folder, paths, memory, files, clock, ids, log, notices, issueIndex, desk }: StoreParts): Store {
  const who = identity(context.globalState, () => desk().people);
  const changes = folderChanges();
  const tracker = createFilesTracker({
    files, clock, ids, issueIndex, changes,
    commits: gitCommits({ repository: () => openRepository(gitExtension(), folder.uri), timer: systemTimer, log }),
    me: () => who.known() ?? "unknown",
    writable: () => vscode.workspace.isTrusted,
    onRenumbered: (renumbered) => runInBackground(notices.renumbered(renumbered), log),
  });
  let stop: (() => void) | undefined;

  return {
    tracker,
    id: "files",
    memory,
    now: () => ({ kind: "files" }),
    withDefaultRepository: (each) => each,
    reload: async () => changes.noteAll(),
    knownMe: () => who.known(),
    async me() {
      const login = await who.get();
      return login === undefined ? failed({ kind: "noIdentity" }) : ok(login);
    },
    remembered: async () => undefined,
    written: async () => tracker.remembered(),
    records: (reading) => tracker.records(reading),
    follow(events) {
      const soon = debounce(systemTimer, 60, () => events.reread());
      const watchers = watchFolder(folder, ".desk/**", (uri) => {
        changes.note(paths.pathOf(uri) ?? "");
        soon();
      });
      // VS Code can miss files in nested folders that are created quickly, so check again when the window gets the focus.
      const returns = vscode.window.onDidChangeWindowState(({ focused }) => {
        if (!focused) return;
        changes.noteAll();
        soon();
      });
      stop = () => {
        soon.dispose();
        watchers.dispose();
        returns.dispose();
      };
    },
    recordRead() {},
    resetConsent() {},
    dispose: () => stop?.(),
  };
}

/** What VS Code's Git extension exports. It is not started for this, and not used in a workspace that is not trusted. */
function gitExtension(): unknown {
  const git = vscode.extensions.getExtension("vscode.git");
  return vscode.workspace.isTrusted && git?.isActive === true ? git.exports : undefined;
}
