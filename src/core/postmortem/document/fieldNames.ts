import { normalField } from "../../markup/textLines";
import { fieldValues, type FrontMatter, splitNames } from "./frontMatter";
import { type PostmortemStatus, readIssue } from "../postmortem";

/** Keys that other teams use for the same field, in the order in which they are tried. All in the form of `FrontMatter.fields`. */
const otherKeys: Readonly<Record<string, readonly string[]>> = {
  issue: ["incident", "incident-id", "incident-issue", "incident-number", "github-issue", "ticket", "tracking-issue"],
  title: ["name", "incident-title"],
  severity: ["sev", "incident-severity", "severity-level"],
  lead: ["incident-commander", "incident-lead", "commander", "ic"],
  owner: ["author", "authors", "postmortem-owner", "owners"],
  status: ["state", "postmortem-status"],
  review: ["review-date", "review-meeting"],
  reviewed: ["reviewed-on", "reviewed-at", "review-completed"],
  services: ["service", "affected-services", "services-affected", "systems", "system", "components", "component"],
  factors: ["factor", "contributing-factors", "causes", "root-causes", "tags", "categories", "keywords"],
  reviewers: ["reviewer", "reviewed-by"],
  started: ["start", "started-at", "start-time", "incident-start", "began", "begin"],
  detected: ["detected-at", "detection-time", "time-detected"],
  acknowledged: ["acknowledged-at", "time-acknowledged"],
  mitigated: ["mitigated-at", "mitigation-time", "time-mitigated"],
  resolved: ["resolved-at", "end", "ended", "ended-at", "end-time", "incident-end", "resolution-time", "time-resolved"],
};

/** The key of a field in this file: its own, or one that other teams use. */
export function fieldKey(front: FrontMatter, key: string): string {
  if (front.fields.has(key)) return key;
  const isUsed = (other: string): boolean => front.fields.has(other) && (key !== "issue" || readIssue(fieldValues(front, other)?.[0] ?? "") !== undefined);
  return otherKeys[key]?.find(isUsed) ?? key;
}

/** The text of a field on one line. Empty if there is none. */
export function fieldText(front: FrontMatter, key: string): string {
  return normalField((fieldValues(front, fieldKey(front, key)) ?? []).join(", "));
}

/** The names in a field, which is a list or one text. */
export function fieldNames(front: FrontMatter, key: string): readonly string[] {
  const name = fieldKey(front, key);
  const values = fieldValues(front, name) ?? [];
  return front.fields.get(name)?.list === undefined ? values.flatMap(splitNames) : values;
}

const statusWords: readonly (readonly [PostmortemStatus, RegExp])[] = [
  ["In review", /^(?:in[- ]review|(?:being|under|to be|pending|awaiting|ready for) review(?:ed)?|review(?:ing)?|proposed)\b/],
  ["Closed", /^(?:closed|archived)\b/],
  ["Reviewed", /^(?:reviewed|complete|completed|final|finali[sz]ed|finished|done|published|approved|accepted|resolved|fixed)\b/],
];

/** The status that a text means, such as `final` or `complete, action items in progress`. Other texts mean a draft. */
export function readStatus(text: string): PostmortemStatus {
  const words = text.toLowerCase().replace(/[*_`]/g, "").trim();
  return statusWords.find(([, pattern]) => pattern.test(words))?.[0] ?? "Draft";
}
