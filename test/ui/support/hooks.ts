import { endRun, endTest } from './session';

export const mochaHooks = {
  async afterEach(this: Mocha.Context): Promise<void> {
    await endTest(this.currentTest?.state === 'failed' ? this.currentTest.fullTitle() : undefined);
  },
  async afterAll(): Promise<void> {
    // In parallel mode this runs after every file, and the process goes on with another one; what it shares ends with it.
    if (process.env['MOCHA_WORKER_ID'] === undefined) await endRun();
  },
};
