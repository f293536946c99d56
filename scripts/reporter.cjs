// Mocha's spec report. It also lists the tests that passed only at a later attempt, and tells `npm test` how many tests ran.
const { writeFileSync } = require('node:fs');
const { stripVTControlCharacters } = require('node:util');
const { reporters } = require('mocha');

module.exports = class extends reporters.Spec {
  constructor(runner, options) {
    super(runner, options);
    const retried = new Map();
    const flaky = [];
    runner.on('retry', (test, error) => {
      if (!retried.has(test.fullTitle())) retried.set(test.fullTitle(), reasonOf(error));
    });
    runner.on('pass', test => {
      const reason = retried.get(test.fullTitle());
      if (reason !== undefined) flaky.push({ title: test.fullTitle(), reason });
    });
    runner.once('end', () => {
      const file = process.env.RESPONSE_DESK_TOTALS;
      const { passes, failures, pending } = this.stats;
      if (file !== undefined) writeFileSync(file, JSON.stringify({ passed: passes, failed: failures, skipped: pending, flaky }));
      else if (flaky.length > 0) console.log(`Flaky, passed only when tried again:\n${flaky.map(({ title, reason }) => `  ${title}\n    first: ${reason}`).join('\n')}`);
    });
  }
};

/** In one line: the message, what was waited for, and where in the tests. */
function reasonOf(error) {
  const message = stripVTControlCharacters(String(error?.message ?? error));
  const waited = /^.*waiting for .*$/m.exec(message)?.[0].trim().replace(/^- /, '');
  const place = /\btest\/(?!support)[^\s():]+:\d+/.exec(String(error?.stack ?? ''))?.[0];
  return [message.split('\n')[0], waited, place].filter(part => part !== undefined).join(' · ');
}
