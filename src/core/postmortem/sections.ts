import type { PostmortemText } from "./postmortem";

export type SectionName = PostmortemText | "timeline" | "actions";

/** The sections of a post-mortem in order, with the headings they have in the file, in whatever language the editor is. */
export const postmortemSections: readonly { readonly name: SectionName; readonly heading: string }[] = [
  { name: "summary", heading: "Summary" },
  { name: "impact", heading: "Impact" },
  { name: "detection", heading: "Detection" },
  { name: "timeline", heading: "Timeline" },
  { name: "factors", heading: "Contributing factors" },
  { name: "trigger", heading: "Trigger" },
  { name: "resolution", heading: "Resolution" },
  { name: "wentWell", heading: "What went well" },
  { name: "wentWrong", heading: "What went wrong" },
  { name: "lucky", heading: "Where we got lucky" },
  { name: "actions", heading: "Action items" },
  { name: "communications", heading: "Communications sent" },
  { name: "supporting", heading: "Supporting information" },
];

/** The section that a heading begins, whatever its letter case; `undefined` for a heading that is a person's own. */
export function sectionOf(heading: string): SectionName | undefined {
  const wanted = heading.trim().toLowerCase();
  return postmortemSections.find((section) => section.heading.toLowerCase() === wanted)?.name;
}

/** The heading that begins the section. */
export function headingOf(name: SectionName): string {
  return postmortemSections.find((section) => section.name === name)?.heading ?? name;
}
