import { endRun, endTest } from './session';

export const mochaHooks = {
  async afterEach(this: Mocha.Context): Promise<void> {
    await endTest(this.currentTest?.state === 'failed' ? this.currentTest.fullTitle() : undefined);
  },
  async afterAll(): Promise<void> {
    await endRun();
  },
};
