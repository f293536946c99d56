import type { EdgeStyle } from '../model/flowchart';

/** How an edge is drawn, by its arrow and the part before its label. The `o` of `o==>` belongs to no double arrow, and hides the line from Mermaid. */
export function edgeStyle(arrow: string, start = ''): EdgeStyle {
  const line = lineOf(arrow);
  const style = line.includes('.') ? 'dotted' : line.startsWith('=') ? 'thick' : line.startsWith('~') ? 'invisible' : 'solid';
  return start.includes('=') ? 'thick' : start.includes('.') ? 'dotted' : style;
}

function lineOf(arrow: string): string {
  const first = arrow.charAt(0);
  const last = arrow.charAt(arrow.length - 1);
  const isDouble = (first === last && (last === 'x' || last === 'o')) || (first === '<' && last === '>');
  return arrow.slice(isDouble ? 1 : 0, -1);
}

/** The letter of a label that Mermaid takes for a part of the arrow: `--No-->` reads as “N” and `o-->`. */
export function lostLetter(arrow: string, start: string): string {
  const first = arrow.charAt(0);
  if (first !== 'x' && first !== 'o') return '';
  const isDouble = first === arrow.charAt(arrow.length - 1) && start.startsWith(first);
  return isDouble ? '' : first;
}
