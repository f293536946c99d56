import { createUntil } from '../../support/createUntil';

export const until = createUntil(20, 100);
