/** A usual way for an issue to end. */
export type Resolution =
  | "answered"
  | "known"
  | "addedToKnown"
  | "diagnosed"
  | "fixed"
  | "workaround"
  | "reproducer"
  | "filed"
  | "recovered"
  | "done"
  | "declined"
  | "withdrawn";

/** The usual ways for issues of a kind to end, the likeliest first. */
export function resolutionsFor(kind: string | undefined): readonly Resolution[] {
  switch (kind) {
    case "incident":
      return ["fixed", "workaround", "answered", "known", "addedToKnown", "diagnosed", "reproducer", "filed", "recovered"];
    case "request":
      return ["done", "answered", "known", "addedToKnown", "filed", "declined", "withdrawn"];
    case "issue":
      return ["fixed", "known", "addedToKnown", "workaround", "declined", "withdrawn"];
    default:
      return ["done", "declined", "withdrawn"];
  }
}
