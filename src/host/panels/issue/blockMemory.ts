import type { MarkdownContent } from "../../../core/model/markdownBlocks";

/** What is kept at most. A page reads its description for each change, and its comments once more when their order changes. */
const most = { texts: 200, characters: 1_000_000 } as const;

/** Returns the parsed blocks of a text in a place. It reads them only if they are not known from before. */
export type BlockMemory = (markdown: string, place: string, read: () => MarkdownContent) => MarkdownContent;

/** Remembers the blocks of the texts that were last used in one place. A long text takes half a second to parse. */
export function createBlockMemory(): BlockMemory {
  const known = new Map<string, MarkdownContent>();
  let characters = 0;
  let current = "";
  return (markdown, place, read) => {
    if (place !== current) {
      known.clear();
      characters = 0;
      current = place;
    }
    const found = known.get(markdown);
    const blocks = found ?? read();
    // The order of the map is that of the last use.
    if (found === undefined) characters += markdown.length;
    else known.delete(markdown);
    known.set(markdown, blocks);
    for (const oldest of known.keys()) {
      if (known.size <= most.texts && characters <= most.characters) break;
      if (oldest === markdown) break;
      known.delete(oldest);
      characters -= oldest.length;
    }
    return blocks;
  };
}
