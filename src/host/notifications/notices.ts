import type { Notices } from "../app/notices";

/** Tells what the services have to tell in notifications, whose code is loaded when there is something. */
export const notices: Notices = {
  refused: async (refusal) => (await import("../commands/tellRefusal")).tellRefusal(refusal),
  sendingLeft: async (left) => (await import("../commands/tellRefusal")).notifyLeft(left),
  held: async (change) => (await import("./offerUndo")).offerUndo(change),
  renumbered: async (issues) => (await import("./noticeWords")).notifyRenumbered(issues),
  fromTracker: async (notice) => (await import("./noticeWords")).tellNotice(notice),
};
