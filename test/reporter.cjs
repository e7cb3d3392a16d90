const { Spec } = require("mocha").reporters;

const slowestCount = 10;

/**
 * Prints Mocha's own report, the ten slowest tests, and a last line for scripts: `N passed, N failed`. A failing hook
 * counts as failed.
 */
module.exports = class CountedSpec extends Spec {
  #durations = [];

  constructor(runner, options) {
    super(runner, options);
    runner.on("test end", (test) =>
      this.#durations.push({ seconds: (test.duration ?? 0) / 1000, title: test.fullTitle() }),
    );
  }

  epilogue() {
    super.epilogue();
    const slowest = this.#durations.sort((left, right) => right.seconds - left.seconds).slice(0, slowestCount);
    const lines = slowest.map(({ seconds, title }) => `${seconds.toFixed(1).padStart(7)} s  ${title}`);
    Spec.consoleLog(["  The slowest tests:", ...lines, ""].join("\n"));
    const { passes, failures } = this.stats;
    // A server or a child process may still print while it closes, so the line is printed at exit.
    process.once("exit", () => Spec.consoleLog(`${passes} passed, ${failures} failed`));
  }
};
