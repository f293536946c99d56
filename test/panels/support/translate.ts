import type { Translate } from '../../../src/host/ui/operationLabels';
import { fill } from '../../../src/protocol/fill';

/** Fills the texts of the source as `vscode.l10n.t` does. */
export const translate: Translate = (message, ...values) => fill(message, ...values);
