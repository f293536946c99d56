import { endRun, endTest } from './session';

export const mochaHooks = {
  async afterEach(this: Mocha.Context): Promise<void> {
    // A test that will be tried again has no state yet.
    const ended = this.currentTest;
    await endTest(ended === undefined || ended.state === 'passed' || ended.isPending() ? undefined : ended.fullTitle());
  },
  async afterAll(): Promise<void> {
    // In parallel mode this runs after every file, and the process goes on with another one; what it shares ends with it.
    if (process.env['MOCHA_WORKER_ID'] === undefined) await endRun();
  },
};
