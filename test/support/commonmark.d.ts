declare module "commonmark-spec" {
  export const tests: readonly { readonly markdown: string; readonly section: string; readonly number: number }[];
}

declare module "commonmark" {
  export interface Node {
    readonly type: string;
    readonly firstChild: Node | null;
    /** First and last position, each as one-based line and column. */
    readonly sourcepos: readonly [readonly [number, number], readonly [number, number]];
  }
  export class Parser {
    parse(text: string): { walker(): { next(): { readonly entering: boolean; readonly node: Node } | null } };
  }
}
