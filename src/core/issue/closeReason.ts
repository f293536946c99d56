import { readFields } from "../markup/fieldRegion";
import { compareInstants } from "../model/instant";
import type { CloseReason, Issue } from "../model/issue";
import { fieldNamed } from "../model/issueField";

const reasons: readonly CloseReason[] = ["completed", "notPlanned", "duplicate"];

/**
 * Why a closed issue was closed: as the issue storage records it, otherwise as the issue's text does. `undefined` if it is open
 * or nobody gave a reason, for example when the file of the issue was edited by hand.
 */
export function closeReasonOf({ state, closeReason, body }: Pick<Issue, "state" | "closeReason" | "body">): CloseReason | undefined {
  if (state === "open" || closeReason !== undefined) return state === "open" ? undefined : closeReason;
  const fields = readFields(body);
  const [closed, reopened] = [fieldNamed(fields, "closed"), fieldNamed(fields, "reopened")];
  if (closed === undefined || compareInstants(closed.at, reopened?.at) < 0) return undefined;
  return reasons.find((reason) => reason === closed.value);
}
