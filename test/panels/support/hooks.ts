import { endRun, startChecklist } from './run';

export const mochaGlobalSetup = startChecklist;
export const mochaGlobalTeardown = endRun;
