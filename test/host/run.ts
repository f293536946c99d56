/** Mocha's browser build in this extension host, with the functions the tests call made global. */
export function prepare(): void {
  mocha.setup({ ui: 'bdd', reporter: Report, timeout: 120_000 });
}

/** Runs the tests whose title contains `grep` and throws if one fails. */
export async function start(grep: string): Promise<void> {
  if (grep !== '') mocha.fgrep(grep);
  // Mocha's browser build reads the page's address in run(), and there is no page.
  const failures = await new Promise<number>(resolve => { Mocha.prototype.run.call(mocha, resolve); });
  if (failures > 0) throw new Error(`${failures} host test(s) failed`);
}

/** The script that started VS Code uses this to find our lines in its output. */
function log(text: string): void {
  console.log(`##test ${text}`);
}

/** Prints one line per test and the stacks at the end. The last line contains the counts. */
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
