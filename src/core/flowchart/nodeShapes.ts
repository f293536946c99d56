import type { NodeShape } from '../model/flowchart';

/** The names that `@{ shape: … }` accepts. Those of the first three lines mean more than a step. */
const names: Readonly<Record<NodeShape, string>> = {
  decision: 'diam decision diamond question choice',
  subprocess: 'fr-rect subprocess subproc framed-rectangle subroutine',
  terminal: 'stadium terminal pill circle circ dbl-circ double-circle doublecircle sm-circ start small-circle stateStart fr-circ stop framed-circle stateEnd',
  step: 'rect proc process rectangle squareRect rounded event roundedRect cyl db database cylinder datastore data-store bang cloud hex hexagon prepare lean-r lean-right in-out lean_right '
    + 'lean-l lean-left out-in lean_left trap-b priority trapezoid-bottom trapezoid trap-t manual trapezoid-top inv-trapezoid inv_trapezoid text notch-rect card notched-rectangle '
    + 'lin-rect lined-rectangle lined-process lin-proc shaded-process fork join forkJoin hourglass collate brace comment brace-l brace-r braces bolt com-link lightning-bolt '
    + 'doc document delay half-rounded-rectangle h-cyl das horizontal-cylinder lin-cyl disk lined-cylinder curv-trap curved-trapezoid display div-rect div-proc divided-rectangle divided-process '
    + 'tri extract triangle win-pane internal-storage window-pane f-circ junction filled-circle notch-pent loop-limit notched-pentagon flip-tri manual-file flipped-triangle sl-rect manual-input '
    + 'sloped-rectangle docs documents st-doc stacked-document st-rect procs processes stacked-rectangle bow-rect stored-data bow-tie-rectangle cross-circ summary crossed-circle '
    + 'tag-doc tagged-document tag-rect tagged-rectangle tag-proc tagged-process flag paper-tape odd rect_left_inv_arrow lin-doc lined-document '
    + 'state note labelRect rectWithTitle icon iconSquare iconCircle iconRounded imageSquare anchor kanbanItem mindmapCircle defaultMindmapNode classBox erBox requirementBox',
};

const shapes: ReadonlyMap<string, NodeShape> = new Map((['decision', 'subprocess', 'terminal', 'step'] as const).flatMap(shape => names[shape].split(' ').map(name => [name, shape] as const)));

/** The meaning of a shape by its name, `undefined` if Mermaid has no such shape. It accepts no capitals and no underscores. */
export function namedShape(name: string): NodeShape | undefined {
  return /[A-Z_]/.test(name) ? undefined : shapes.get(name);
}
