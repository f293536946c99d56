import type { Desk } from "../desk/desk";
import { deskRoles } from "../desk/roles";
import type { RunbookArea } from "./areaAt";

export type RunbookSnippetName = "step" | "decision" | "gate" | "template" | "frontMatter" | "shell";

/** A piece of a runbook in the editor's snippet syntax. */
export interface RunbookSnippet {
  readonly name: RunbookSnippetName;
  readonly text: string;
}

/** Words that snippets are filled with at first, in the language of the reader. */
export interface SnippetWords {
  readonly step: string;
  readonly question: string;
  readonly yes: string;
  readonly no: string;
  readonly gate: string;
  readonly criterion: string;
  readonly title: string;
  readonly body: string;
}

/** Snippets that fit where only a word, or nothing, stands on a line of text; front matter fits on the first line of a text without any. */
export function runbookSnippets(line: number, before: string, area: RunbookArea, desk: Desk, words: SnippetWords): readonly RunbookSnippet[] {
  const indent = /^(\s*)[\w-]*$/.exec(before)?.[1];
  if (indent === undefined || area !== "prose") return [];
  const kinds = choice(1, desk.kinds.map((kind) => kind.name));
  const roles = choice(3, deskRoles(desk));
  const step = { name: "step" as const, text: `- [ ] \${1:${words.step}}` };
  const inside: readonly RunbookSnippet[] = [
    step,
    { name: "decision", text: `- [ ] \${1:${words.question}}?\n  - ${words.yes}: \${2}\n  - ${words.no}: \${3}` },
    { name: "template", text: `\`\`\`issue\nkind: ${kinds}\ntitle: "\${2:${words.title}}"\n---\n\${0:${words.body}}\n\`\`\`` },
    { name: "shell", text: "```sh\n${0}\n```" },
  ];
  if (indent !== "") return inside;
  const gate: RunbookSnippet = { name: "gate", text: `## Gate: \${1:${words.gate}}\n\n- [ ] \${2:${words.criterion}}` };
  const frontMatter: RunbookSnippet = { name: "frontMatter", text: `---\ntitle: \${2:${words.title}}\nkind: ${kinds}\nassign: ${roles}\nreviewed: $CURRENT_YEAR-$CURRENT_MONTH-$CURRENT_DATE\nreviewEvery: \${4:26w}\n---\n\n\${0}` };
  return [...inside, gate, ...(line === 0 ? [frontMatter] : [])];
}

function choice(place: number, names: readonly string[]): string {
  return `\${${place}|${names.map((name) => name.replace(/[\\,|$}]/g, "\\$&")).join(",")}|}`;
}
