import { postmortemSections, type SectionName } from "../postmortem";

/** Other headings of the sections, in the form of `plainHeading`. */
const otherHeadings: Readonly<Record<SectionName, readonly string[]>> = {
  summary: ["executive summary", "incident summary", "issue summary", "outage summary", "postmortem summary", "post-mortem summary", "high level summary", "overview", "incident overview", "tldr", "tl;dr", "abstract", "what happened"],
  impact: ["impacts", "user impact", "customer impact", "business impact", "impact on users", "impact on customers", "incident impact", "impact assessment", "impact summary", "impact analysis"],
  detection: ["how it was detected", "how was it detected", "detection method", "incident detection", "how we found out", "discovery"],
  timeline: ["incident timeline", "timeline of events", "timeline of the incident", "event timeline", "events timeline", "outage timeline", "detailed timeline", "timeline of incident", "chronology", "chronology of events", "sequence of events", "timeline summary"],
  factors: [
    "contributing factor", "contributing causes", "contributing conditions", "contributory factors", "root cause", "root causes", "root cause analysis", "root cause and contributing factors", "root causes and contributing factors",
    "cause", "causes", "analysis", "why it happened", "cause of the incident", "cause of the outage", "what caused it", "rca", "diagnosis",
  ],
  trigger: ["triggers", "trigger event", "triggering event", "what triggered it"],
  resolution: ["recovery", "resolution and recovery", "resolution/recovery", "recovery and resolution", "root cause and resolution", "mitigation", "mitigation and resolution", "mitigation/resolution", "response", "how it was resolved", "how was it resolved", "fix"],
  wentWell: ["things that went well", "what worked", "what worked well", "what did we do well", "what we did well", "good"],
  wentWrong: ["what went poorly", "what went badly", "what didn't go well", "what didn't go so well", "what did not go well", "things that went wrong", "things that went poorly", "things that didn't go well", "what went less well", "what could have gone better", "what could be improved", "what could have been better", "what can be improved", "what went not so well", "bad"],
  lucky: ["where we were lucky", "where did we get lucky", "what went lucky", "luck", "we got lucky"],
  actions: [
    "action item", "actions", "action list", "action plan", "action points", "follow-ups", "follow-up", "follow-up actions", "follow-up action items", "follow-up tasks", "follow-up items", "next steps", "remediation", "remediations",
    "remediation items", "remediation actions", "remediation and follow-up", "corrective actions", "corrective measures", "corrective and preventive actions", "corrective and preventative measures", "corrective and preventive measures", "corrective and preventative actions", "preventive measures", "preventative measures", "preventive actions", "preventative actions", "corrective and preventive measure", "corrective and preventative measure", "corrective/preventative measures", "corrective/preventive measures", "corrective/preventive actions", "prevention", "improvements", "todo", "to do", "todos", "tasks", "recommendations",
  ],
  communications: ["communication", "communications", "external communication", "communication sent", "customer communication", "messaging"],
  supporting: ["supporting data", "supporting material", "supporting documents", "references", "reference", "links", "related links", "appendix", "appendices", "resources", "additional information", "related", "see also", "further reading"],
};

const names: ReadonlyMap<string, SectionName> = new Map(
  postmortemSections.flatMap(({ name, heading }) => [[heading.toLowerCase(), name] as const, ...otherHeadings[name].map((other) => [other, name] as const)]),
);

/** The section that a heading names, and whether it is the usual heading. */
interface NamedSection {
  readonly name: SectionName;
  readonly usual: boolean;
}

/** The section of a heading, ignoring case, numbers, emphasis and what is in brackets. Returns `undefined` for a custom section. */
export function sectionOf(heading: string): NamedSection | undefined {
  const exact = heading.trim().toLowerCase();
  const usual = postmortemSections.find((section) => section.heading.toLowerCase() === exact);
  if (usual !== undefined) return { name: usual.name, usual: true };
  // No heading of a section is longer.
  if (heading.length > 200) return undefined;
  const words = plainHeading(heading);
  const forms = [words, plainHeading(heading.split("(")[0] ?? ""), words.split(/ ?[:–—] ?| - /)[0] ?? "", words.split("/")[0] ?? ""];
  const name = forms.map((form) => names.get(form)).find((found) => found !== undefined);
  return name === undefined ? undefined : { name, usual: false };
}

/** A heading in lower case without numbers, emphasis, symbols at its start, and brackets. */
function plainHeading(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/\[([^[\]]*)\]\([^()]*\)/g, "$1")
    .replace(/\([^()]*\)|\[[^[\]]*\]|<[^<>]*>|\{[^{}]*\}/g, " ")
    .replace(/[*_`~]/g, "")
    .replace(/[’‘]/g, "'")
    .replace(/ & /g, " and ")
    .replace(/^[^\p{L}\p{N}#]+/u, "")
    .replace(/^(?:\d{1,2}(?:\.\d{1,2}){0,3}[.):]?|[ivx]{1,4}[.)])[\s–—-]+/, "")
    .replace(/^[^\p{L}#]+/u, "")
    .replace(/[\s:?!.…–—-]+$/u, "")
    .replace(/\s+/g, " ")
    .replace(/^(?:the|our) /, "")
    .replace(/follow[- ]?ups?/g, (found) => (found.endsWith("s") ? "follow-ups" : "follow-up"))
    .replace(/ ?\/ ?/g, "/");
}
