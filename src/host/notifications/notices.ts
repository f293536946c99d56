import type { Notices } from "../app/notices";

/** Tells what the services have to tell in notifications, whose code is loaded when there is something. */
export const notices: Notices = {
  refused: async (refusal) => (await import("../ui/notices")).notifyRefusal(refusal),
  sendingLeft: async (left) => (await import("../ui/notices")).notifyLeft(left),
  held: async (change) => (await import("./offerUndo")).offerUndo(change),
  renumbered: async (issues) => (await import("./noticeMessages")).notifyRenumbered(issues),
  fromTracker: async (notice) => (await import("./noticeMessages")).notifyNotice(notice),
};
