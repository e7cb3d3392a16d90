const Module = require("node:module");

// Preloaded into the processes of the tests, except those on the oldest and the newest runtime (see environment.cjs).
//
// More than half of the time in which `@pulumi/pulumi` loads goes to these two libraries. The SDK uses them only to serialize
// functions, which this package never asks for. With this file they load when they are first used.
const lazyLibraries = new Set(["typescript", "@npmcli/arborist"]);
const sdkFile = /[\\/]@pulumi[\\/]pulumi[\\/](typescript-shim|runtime[\\/]closure[\\/]codePaths)\.js$/;

const load = Module._load;

Module._load = function (request, parent, isMain) {
  const loadNow = () => load.call(this, request, parent, isMain);
  if (!lazyLibraries.has(request) || !sdkFile.test(parent?.filename ?? "")) return loadNow();
  return new Proxy(
    {},
    {
      get(_target, name) {
        // This is how a compiled `import * as` asks for the module itself. It would read all exports of anything else.
        if (name === "__esModule") return true;
        return name === "default" ? loadNow() : loadNow()[name];
      },
    },
  );
};
