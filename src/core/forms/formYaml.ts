import { readYamlTree } from "../desk/readYamlTree";
import type { YamlTree } from "../desk/yamlTree";
import { failed, ok, type Result } from "../result";
import type { FormFlaw } from "./issueForm";

/** A part of a YAML text for reading: whatever is not there, or not of the kind that is asked for, is empty. */
export interface FormNode {
  readonly line: number;
  get(key: string): FormNode;
  /** The text; a number or truth value as it is written. */
  text(): string;
  is(value: string | number | boolean): boolean;
  items(): readonly FormNode[];
  /** A list of texts, or one text with commas. */
  names(): readonly string[];
}

/** The root of a YAML text of at most so many characters, or where it is broken. */
export function formYaml(source: string, most?: number): Result<FormNode, FormFlaw> {
  const { tree, flaws } = readYamlTree(source, most);
  if (tree === undefined) return failed({ reason: "badYaml", line: flaws.find(({ severity }) => severity === "error")?.range.startLine ?? 0 });
  const lines = source.split("\n");

  const nodeOf = (of: YamlTree | undefined, line: number): FormNode => {
    const node: FormNode = {
      line,
      get(key) {
        const found = of?.kind === "map" ? of.entries.find((entry) => entry.key === key) : undefined;
        return nodeOf(found?.value, found?.keyRange.startLine ?? line);
      },
      text() {
        if (of?.kind !== "scalar" || of.value === null) return "";
        return (typeof of.value === "string" ? of.value : (lines[of.range.startLine] ?? "").slice(of.range.startColumn, of.range.endColumn)).trim();
      },
      is: (value) => of?.kind === "scalar" && of.value === value,
      items: () => (of?.kind === "list" ? of.items.map((item) => nodeOf(item, item.range.startLine)) : []),
      names: () => (of?.kind === "list" ? node.items().map((item) => item.text()) : node.text().split(",")).map((name) => name.trim()).filter((name) => name !== ""),
    };
    return node;
  };
  return ok(nodeOf(tree, 0));
}
