import type { Notices } from "../app/notices";

type Loaded =
  Pick<typeof import("../ui/pendingNotices"), "notifyRefusal" | "notifyLeft"> &
  Pick<typeof import("./offerUndo"), "offerUndo"> &
  Pick<typeof import("./noticeMessages"), "notifyRenumbered" | "notifyNotice">;

/** Shows notices of the services as notifications. The code is loaded on first use. */
export function createNotices(load: () => Promise<Loaded>): Notices {
  return {
    refused: async (refusal) => (await load()).notifyRefusal(refusal),
    sendingLeft: async (left) => (await load()).notifyLeft(left),
    held: async (change) => (await load()).offerUndo(change),
    renumbered: async (issues) => (await load()).notifyRenumbered(issues),
    fromTracker: async (notice) => (await load()).notifyNotice(notice),
  };
}
