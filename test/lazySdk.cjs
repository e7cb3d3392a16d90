const Module = require("node:module");

// Preloaded into the processes of the tests, except those on the oldest and the newest runtime (see environment.cjs).
//
// Two thirds of the time in which `@pulumi/pulumi` loads go to these modules. The SDK uses them only to serialize functions,
// to automate the CLI, to compare versions and to trace, which most processes never do. With this file they load when they are
// first used.
const lazyModules = {
  "typescript-shim.js": ["typescript"],
  "codePaths.js": ["@npmcli/arborist", "fdir", "normalize-package-data"],
  "rewriteSuper.js": ["semver"],
  "rpc.js": ["semver"],
  "settings.js": ["@opentelemetry/api"],
  "index.js": ["./automation"],
};
const sdkFile = /[\\/]@pulumi[\\/]pulumi[\\/](?:runtime[\\/](?:closure[\\/])?)?([^\\/]+)$/;

const load = Module._load;

Module._load = function (request, parent, isMain) {
  const loadNow = () => load.call(this, request, parent, isMain);
  const [, file] = sdkFile.exec(parent?.filename ?? "") ?? [];
  if (!lazyModules[file]?.includes(request)) return loadNow();
  return new Proxy(
    {},
    {
      get(_target, name) {
        // A compiled `import` reads all exports at once, unless the module says that it is an ES module.
        if (name === "__esModule") return true;
        return name === "default" ? loadNow() : loadNow()[name];
      },
    },
  );
};
