import type { Translate } from '../../../src/host/ui/operationLabels';
import { fill } from '../../../src/protocol/fill';

/** Gives the texts of the source, filled as `vscode.l10n.t` does. */
export const translate: Translate = (message, ...values) => fill(message, ...values);
