/** Mocha's browser build in this extension host, with the functions the tests call made global. */
export function prepare(): void {
  mocha.setup({ ui: 'bdd', reporter: Report, timeout: 120_000 });
}

/** Runs the tests whose title contains `grep` and throws if one failed. */
export async function start(grep: string): Promise<void> {
  if (grep !== '') mocha.fgrep(grep);
  // The browser build's own run() reads the page's address, and here is no page.
  const failures = await new Promise<number>(resolve => { Mocha.prototype.run.call(mocha, resolve); });
  if (failures > 0) throw new Error(`${failures} host test(s) failed`);
}

/** By this the script that started the editor tells our lines from the editor's own. */
function log(text: string): void {
  console.log(`##test ${text}`);
}

/** One line per test and the stacks in the end; the last line counts. */
class Report extends Mocha.reporters.Base {
  constructor(runner: Mocha.Runner, options: Mocha.MochaOptions) {
    super(runner, options);
    const counts = { passed: 0, failed: 0, skipped: 0 };
    const failures: string[] = [];
    runner.on('pass', test => {
      counts.passed += 1;
      log(`  ✔ ${test.fullTitle()}`);
    });
    runner.on('pending', test => {
      counts.skipped += 1;
      log(`  - ${test.fullTitle()}`);
    });
    runner.on('fail', (test, error: unknown) => {
      counts.failed += 1;
      log(`  ✘ ${test.fullTitle()}`);
      failures.push(`${test.fullTitle()}\n${error instanceof Error ? error.stack ?? error.message : String(error)}`);
    });
    runner.on('end', () => {
      failures.forEach((failure, index) => { log(`\n${index + 1}) ${failure}`); });
      console.log(`##totals ${counts.passed} ${counts.failed} ${counts.skipped}`);
    });
  }
}
