const { delimiter, join } = require("node:path");

// Variables that make the processes of the tests start faster. Each test starts many, most of them for one command.

// Without garbage collection the Pulumi CLI starts faster by a quarter. The limit turns it on again.
process.env.GOGC ??= "off";
process.env.GOMEMLIMIT ??= "1GiB";

const preload = `--require=${JSON.stringify(join(__dirname, "lazySdk.cjs"))}`;
const { NODE_OPTIONS = "", PATH = "" } = process.env;
if (!NODE_OPTIONS.includes(preload)) process.env.NODE_OPTIONS = `${NODE_OPTIONS} ${preload}`.trim();

// With a `node` that spares each plugin a second process.
const programs = join(__dirname, "bin");
if (!PATH.split(delimiter).includes(programs)) process.env.PATH = programs + delimiter + PATH;
