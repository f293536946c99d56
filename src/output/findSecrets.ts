import { rules } from "@secretlint/secretlint-rule-preset-recommend";

/** A range of a text as offsets. The end is exclusive. */
export type TextSpan = readonly [start: number, end: number];

/** Finds secrets with secretlint's recommended rules, in order and without overlaps. Comments in the text that disable rules are ignored. */
export async function findSecrets(text: string): Promise<readonly TextSpan[]> {
  const found: TextSpan[] = [];
  const nowhere = (): never => {
    throw new Error("No rule asks where in a text something stands.");
  };
  const path = (): string => "output.txt";
  const source = {
    content: text, contentType: "text", filePath: path(), physicalFilePath: path(), ext: ".txt", hasBOM: false, getFilePath: path, getPhysicalFilePath: path,
    locationToRange: nowhere, rangeToLocation: nowhere, positionToIndex: nowhere, indexToPosition: nowhere,
  } as const;
  const reading = rules.filter(({ meta }) => !meta.id.endsWith("filter-comments")).map(async (rule) => {
    const handlers = rule.create({
      sharedOptions: {},
      createTranslator: () => (messageId, data) => ({ message: "", messageId: String(messageId), data }),
      report: ({ range: [start, end] }) => void found.push([start, end]),
      ignore: () => undefined,
    }, {});
    await handlers.file?.(source);
  });
  await Promise.all(reading);
  return merged(found);
}

function merged(spans: readonly TextSpan[]): readonly TextSpan[] {
  const result: TextSpan[] = [];
  for (const [start, end] of [...spans].sort(([a], [b]) => a - b)) {
    const last = result.at(-1);
    if (last !== undefined && start <= last[1]) result[result.length - 1] = [last[0], Math.max(last[1], end)];
    else result.push([start, end]);
  }
  return result;
}
