// One process of `npm run bench:start-up`: a program or the engine's plugin. It loads the SDK, then the package, makes the
// calls of its job, and reports the time. It is plain JavaScript, because the measurement would include a TypeScript loader.

const { Module, createRequire } = require("node:module");
const { join } = require("node:path");
const { performance } = require("node:perf_hooks");

const { kind, literal, config, calls } = JSON.parse(process.argv[2]);
const requireInProgram = createRequire(join(process.cwd(), "index.js"));

async function main() {
  if (kind === "plugin") await startPlugin();
  else requireInProgram("@pulumi/pulumi");
  const filesOfSdk = new Set(Object.keys(require.cache));
  const loading = measureLoading();
  const handler = loadPackage();
  const entryMs = loading.takeMs();
  await handler?.configure({ config: { get: (key) => config[key] } });
  for (const { method, args } of calls) await handler[method](...args);
  const { user, system } = process.cpuUsage();
  const files = Object.keys(require.cache).filter((file) => !filesOfSdk.has(file));
  const measured = { cpuMs: (user + system) / 1000, entryMs, callsMs: loading.takeMs(), files };
  process.send(measured, () => process.exit());
}

/** Resolves once the SDK's plugin listens: it then prints its port, which an engine would read. */
function startPlugin() {
  const { log } = console;
  return new Promise((resolve) => {
    console.log = () => {
      console.log = log;
      resolve();
    };
    requireInProgram("@pulumi/pulumi/cmd/dynamic-provider");
  });
}

/** Loads the package as a program does, or as the plugin does, by the `__provider` of a resource. */
function loadPackage() {
  if (literal === undefined) return undefined;
  if (kind === "program") {
    requireInProgram("pulumi-cloudflare-groups");
    return undefined;
  }
  const requireFromString = createRequire(requireInProgram.resolve("@pulumi/pulumi"))("require-from-string");
  return requireFromString(literal).handler();
}

/** Measures the time that goes into `require`; what a module loads in turn is part of its time. */
function measureLoading() {
  const original = Module.prototype.require;
  let depth = 0;
  let ms = 0;
  Module.prototype.require = function measuredRequire(id) {
    const begin = performance.now();
    depth += 1;
    try {
      return original.call(this, id);
    } finally {
      depth -= 1;
      if (depth === 0) ms += performance.now() - begin;
    }
  };
  return {
    takeMs() {
      const taken = ms;
      ms = 0;
      return taken;
    },
  };
}

main();
