import { createUntil } from '../../support/createUntil';

export const until = createUntil(10, 10);
