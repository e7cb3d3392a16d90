const { join } = require("node:path");

// Variables that make the processes of the tests start faster. Each test starts many, most of them for one command.

// Less garbage collection makes the start of the Pulumi CLI faster by a quarter. Its memory matters less here.
process.env.GOGC ??= "400";

const preload = `--require=${JSON.stringify(join(__dirname, "lazySdk.cjs"))}`;
const { NODE_OPTIONS = "" } = process.env;
if (!NODE_OPTIONS.includes(preload)) process.env.NODE_OPTIONS = `${NODE_OPTIONS} ${preload}`.trim();
