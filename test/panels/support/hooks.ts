import { endRun, startRun } from './run';

export const mochaGlobalSetup = startRun;
export const mochaGlobalTeardown = endRun;
