import { readFileSync } from 'node:fs';
import path from 'node:path';

export const themeNames = ['light', 'dark', 'hc', 'hcLight'] as const;
export type Theme = typeof themeNames[number];

/** What the editor puts into a webview, captured from it by test/ui/themes.test.ts. */
export interface CapturedThemes {
  /** The style sheet that VS Code gives every webview. */
  readonly styles: string;
  /** The theme variables that the clients or that style sheet use. */
  readonly names: readonly string[];
  readonly themes: Readonly<Record<Theme, CapturedTheme>>;
}

export interface CapturedTheme {
  /** Attributes of the body element. */
  readonly attributes: Readonly<Record<string, string>>;
  /** The variables among `names` that the theme gives a value. */
  readonly values: Readonly<Record<string, string>>;
}

export const themesFile = path.join(__dirname, 'themes.json');

let captured: CapturedThemes | undefined;

export function capturedThemes(): CapturedThemes {
  captured ??= JSON.parse(readFileSync(themesFile, 'utf8'));
  if (captured === undefined) throw new Error(`There is nothing in ${themesFile}.`);
  return captured;
}

/** A theme of the editor, and the styles of VS Code that go with every theme. */
export function themeOf(name: Theme): { readonly theme: CapturedTheme; readonly styles: string } {
  const { themes, styles } = capturedThemes();
  return { theme: themes[name], styles };
}

/** The theme variables that a style sheet or script uses, sorted. */
export function usedVariables(texts: readonly string[]): readonly string[] {
  return [...new Set(texts.flatMap(text => text.match(/--vscode-[\w-]+/g) ?? []))].sort();
}
