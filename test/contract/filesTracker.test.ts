import { createFilesTracker } from "../../src/trackers/files/filesTracker";
import { countingIds } from "../support/countingIds";
import { memoryFiles } from "../support/memoryFiles";
import { memoryMemory } from "../support/memoryMemory";
import { virtualTime } from "../support/virtualTime";
import { openWindow } from "../support/window";
import { issueTrackerContract } from "./issueTracker";

/** Each call of a window takes up to 10 ms on either side of its effect, always the same ones in a row. */
function unevenDelays(seed: number): () => { readonly before: number; readonly after: number } {
  let state = seed;
  const next = (): number => {
    state = (state * 1103515245 + 12345) % 2147483648;
    return Math.floor(state / 65536) % 11;
  };
  return () => ({ before: next(), after: next() });
}

issueTrackerContract("a folder of plain files", ["acme/desk", "acme/engine"], async () => {
  const { files, texts } = memoryFiles();
  const time = virtualTime();
  let windows = 0;
  return {
    tracker(login) {
      windows += 1;
      const window = openWindow(files, memoryMemory(), time.clock, { delay: unevenDelays(windows), crash: () => "no" });
      return createFilesTracker({ files: window.files, clock: time.clock, ids: countingIds(login), me: () => login });
    },
    putFile: async (_repository, path, text) => void texts.set(path, text),
    run: (promise) => time.run(promise),
    close: async () => undefined,
  };
});
