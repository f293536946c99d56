import { chartText } from './chartText';
import { createDraft } from './chartDraft';
import type { FlowDirection, Flowchart, FlowProblem, FlowProblemCode } from '../model/flowchart';
import { flowProblem } from './flowMessages';
import { readStatements } from './statements';
import { createTokens } from './tokens';
import { lineFinder } from './search';

const arrows: Readonly<Record<string, FlowDirection>> = { '>': 'LR', '<': 'RL', '^': 'BT', 'v': 'TB', 'LR': 'LR', 'RL': 'RL', 'BT': 'BT' };

/**
 * Reads a Mermaid flowchart as Mermaid does; `undefined` if the text is another kind of diagram. A statement that cannot be read
 * is a problem, and the rest is read. Never throws, and takes a time that is proportional to the length.
 */
export function readFlowchart(text: string): Flowchart | undefined {
  const clean = chartText(text);
  if (clean === undefined) return undefined;
  const lines = lineFinder(clean);
  const draft = createDraft();
  const problems: FlowProblem[] = [];
  const report = (code: FlowProblemCode, offset: number, details: Readonly<Record<string, string>> = {}): void => {
    problems.push(flowProblem(code, lines.line(Math.min(offset, clean.length - 1)), details));
  };
  const [header = '', keyword = ''] = /^\s*(flowchart-elk|flowchart|graph)/.exec(clean) ?? [];
  const [written = '', name = ''] = /^\s*(?:(LR|RL|TB|BT|TD|BR|v)\b|[<>^])/.exec(clean.slice(header.length, header.length + 200)) ?? [];
  const arrow = name === '' ? written.trim() : name;
  const after = header.length + (written.includes('\n') ? 0 : written.length);
  const rest = clean.slice(after, lines.end(after));
  if (!/^\s*(?:;|$)/.test(rest) || (arrow === '' && rest.trim() !== '')) report('headerNotAlone', after, { header: `${keyword} ${arrow}`.trim() });
  const tokens = createTokens(clean);
  tokens.jump(after);
  readStatements({ text: clean, tokens, draft, lines, report });
  return { direction: arrows[arrow] ?? 'TB', ...draft.result(), problems };
}
