/** The text with code spans and HTML comments replaced by spaces. Offsets stay the same. */
export function outsideCode(text: string): string {
  if (!text.includes("`") && !text.includes("<!--")) return text;
  const parts: string[] = [];
  let kept = 0;
  for (const [start, end] of hiddenRanges(text)) {
    parts.push(text.slice(kept, start), " ".repeat(end - start));
    kept = end;
  }
  parts.push(text.slice(kept));
  return parts.join("");
}

/** The text without HTML comments. Comments inside code are kept. */
export function withoutComments(text: string): string {
  if (!text.includes("<!--")) return text;
  const parts: string[] = [];
  let kept = 0;
  for (const [start, end, kind] of hiddenRanges(text)) {
    if (kind === "code") continue;
    parts.push(text.slice(kept, start));
    kept = end;
  }
  parts.push(text.slice(kept));
  return parts.join("").replace(/ {2,}/g, " ").trim();
}

/** The text with `instead` for each HTML comment, also in code. A comment that is not closed stays. */
export function replaceComments(text: string, instead = ""): string {
  // Behind the last closing mark, each opening one would be searched for to the end of the text.
  const end = text.lastIndexOf("-->") + 3;
  return end < 3 ? text : text.slice(0, end).replace(/<!--[^]*?-->/g, instead) + text.slice(end);
}

/** The ranges of HTML comments outside code spans. */
export function commentRanges(text: string): readonly (readonly [start: number, end: number])[] {
  if (!text.includes("<!--")) return [];
  return hiddenRanges(text).flatMap(([start, end, kind]) => (kind === "comment" ? [[start, end] as const] : []));
}

type HiddenRange = readonly [start: number, end: number, kind: "code" | "comment"];

function hiddenRanges(text: string): readonly HiddenRange[] {
  const runs = [...text.matchAll(/\\[\\`<]|`+|<!--/g)];
  const ranges: HiddenRange[] = [];
  const unclosed = new Set<string>();
  let end = 0;
  runs.forEach((run, index) => {
    const [mark] = run;
    if (run.index < end || mark.startsWith("\\") || unclosed.has(mark)) return;
    if (mark === "<!--") {
      const close = text.indexOf("-->", run.index + 2);
      if (close < 0) return void unclosed.add(mark);
      end = close + 3;
      ranges.push([run.index, end, "comment"]);
    } else {
      const closing = closingRun(text, runs, index, mark);
      if (closing === undefined) return void unclosed.add(mark);
      end = closing;
      ranges.push([run.index, end, "code"]);
    }
  });
  return ranges;
}

/** Where the code span opened by `mark` ends. A backslash does not escape inside code, so this searches the unmodified text. */
function closingRun(text: string, runs: readonly RegExpMatchArray[], opening: number, mark: string): number | undefined {
  for (let index = opening + 1; index < runs.length; index++) {
    const run = runs[index];
    const start = (run?.index ?? 0) + (run?.[0].startsWith("\\") === true ? 1 : 0);
    if (text[start] !== "`") continue;
    if (text[start - 1] === "`") continue;
    let end = start;
    while (text[end] === "`") end++;
    if (end - start === mark.length) return end;
  }
  return undefined;
}

/** A pattern that matches exactly this text. */
export function escapePattern(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
}
