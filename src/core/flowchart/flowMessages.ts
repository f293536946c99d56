import type { FormatMessage } from '../model/problem';
import { assertNever } from '../model/result';
import type { FlowProblem, FlowProblemCode } from '../model/flowchart';

export interface FlowMessage {
  /** What is wrong, and why. */
  readonly message: string;
  /** What to do about it. */
  readonly fix?: string;
}

const english: FormatMessage = (sentence, ...values) => sentence.replace(/\{(\d+)\}/g, (whole, index: string) => values[Number(index)] ?? whole);

/** A problem with its message in English. */
export function flowProblem(code: FlowProblemCode, line: number, details: Readonly<Record<string, string>> = {}): FlowProblem {
  return { line, code, details, ...describeFlowProblem({ code, details }, english) };
}

/** Describes a problem of a flowchart and how to fix it. */
export function describeFlowProblem({ code, details }: Pick<FlowProblem, 'code' | 'details'>, formatMessage: FormatMessage): FlowMessage {
  const value = (name: string) => details[name] ?? '';
  switch (code) {
    case 'unreadable':
      return value('found') === ''
        ? { message: formatMessage('This flowchart statement is incomplete.') }
        : { message: formatMessage('The flowchart cannot be read at “{0}”.', value('found')) };
    case 'bracketsInText':
      return { message: formatMessage('The text “{0}” contains brackets but is not in quotation marks.', value('text')), fix: formatMessage('Write {0}.', value('quoted')) };
    case 'unclosedText':
      return { message: formatMessage('The text that starts with “{0}” is not closed.', value('opening')), fix: formatMessage('Close it, and use quotation marks in pairs.') };
    case 'keywordAsId':
      return { message: formatMessage('“{0}” is a keyword, so it cannot be the ID of a node.', value('word')), fix: formatMessage('Use another ID, for example “{0}”.', value('instead')) };
    case 'endWithoutSubgraph':
      return { message: formatMessage('This “end” does not close a subgraph.'), fix: formatMessage('Remove it, or use another ID if it is a node.') };
    case 'unclosedSubgraph':
      return { message: formatMessage('The subgraph “{0}” is not closed.', value('title')), fix: formatMessage('Add a line with “end” after its last node.') };
    case 'unnamedSubgraph':
      return { message: formatMessage('This subgraph has no name.'), fix: formatMessage('Add a name after “subgraph”.') };
    case 'unknownShape':
      return { message: formatMessage('Unknown shape “{0}”.', value('shape')), fix: formatMessage('Use a Mermaid shape, for example “rect” or “diam”.') };
    case 'badNodeData':
      return { message: formatMessage('The values in “@{ }” cannot be read.'), fix: formatMessage('Use names and values such as “shape: diam, label: "Ready?"”.') };
    case 'noSuchEdge':
      return { message: formatMessage('There is no edge {0}: edges count from 0, and only those above are known.', value('edge')), fix: formatMessage('Use a lower number, or move the line to the end.') };
    case 'commentAtEnd':
      return { message: formatMessage('A comment cannot follow a statement on its line.'), fix: formatMessage('Move the comment to a line of its own.') };
    case 'spaceAtEnd':
      return { message: formatMessage('Mermaid does not allow a space at the end of this line.'), fix: formatMessage('Remove the space.') };
    case 'headerNotAlone':
      return { message: formatMessage('After “{0}” a new line or a semicolon is required.', value('header')), fix: formatMessage('Continue on a new line.') };
    case 'exitWithoutLabel':
      return { message: formatMessage('The decision “{0}” has an exit to “{1}” without a label, so no answer leads there.', value('node'), value('to')), fix: formatMessage('Add a label: {0}.', value('example')) };
    case 'sameLabels':
      return { message: formatMessage('Several exits of the decision “{0}” have the label “{1}”.', value('node'), value('label')), fix: formatMessage('Give each exit a label of its own.') };
    case 'endNotReached':
      return { message: formatMessage('No path from the start leads to the end “{0}”.', value('node')), fix: formatMessage('Add an edge to it, or remove it.') };
    case 'notReached':
      return { message: formatMessage('No path from the start leads to “{0}”.', value('node')), fix: formatMessage('Add an edge to it, or remove it.') };
    case 'severalStarts':
      return { message: formatMessage('“{0}” is another start: the chart starts at “{1}”.', value('node'), value('start')), fix: formatMessage('Connect it, or draw it as a chart of its own.') };
    case 'noStart':
      return { message: formatMessage('The chart has no start: every node has an edge to it.'), fix: formatMessage('Add a node with an edge to the first step: {0}.', value('example')) };
    case 'cycleWithoutExit':
      return { message: formatMessage('No path leads out of the cycle {0}.', value('nodes')), fix: formatMessage('Add a decision with an exit that leaves the cycle.') };
    default:
      return assertNever(code);
  }
}
