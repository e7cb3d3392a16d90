const { Spec } = require("mocha").reporters;

/** Mocha's own report, closed by one line for scripts to read: `N passed, N failed`. A failing hook counts as failed. */
module.exports = class CountedSpec extends Spec {
  epilogue() {
    super.epilogue();
    const { passes, failures } = this.stats;
    // Not before the exit: a server or a child process that is still closing may print.
    process.once("exit", () => Spec.consoleLog(`${passes} passed, ${failures} failed`));
  }
};
