const { availableParallelism } = require("node:os");

require("./test/environment.cjs");

module.exports = {
  "node-option": ["import=tsx"],
  reporter: "test/reporter.cjs",
  // Only ends a test that hangs: no test depends on the machine's speed.
  timeout: 1_800_000,
  "forbid-only": true,
  "forbid-pending": true,
  exit: true,
  ignore: ["**/node_modules/**"],
  // For `--parallel`, whose default leaves one core idle. One more, because some tests wait for a time limit of the package.
  jobs: availableParallelism() + 1,
};
