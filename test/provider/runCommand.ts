import { spawn } from "node:child_process";
import { resolve } from "node:path";
import { DEFAULTS } from "../../simulator/src";

const command = resolve(__dirname, "../../dist/cli.js");

/** Runs the package's command in a folder, with settings for a simulator. */
export function runCommand(
  { url, cwd, stdin = "" }: { url: string; cwd: string; stdin?: string },
  args: readonly string[],
  environment: NodeJS.ProcessEnv = {},
): Promise<{ code: number | null; stdout: string; stderr: string }> {
  const { accountId, apiToken } = DEFAULTS;
  const settings = { CLOUDFLARE_API_TOKEN: apiToken, CLOUDFLARE_ACCOUNT_ID: accountId, CLOUDFLARE_BASE_URL: url };
  return new Promise((settle, reject) => {
    const child = spawn(process.execPath, [command, ...args], { cwd, env: { ...settings, ...environment } });
    let stdout = "";
    let stderr = "";
    child.stdout.on("data", (chunk) => (stdout += chunk));
    child.stderr.on("data", (chunk) => (stderr += chunk));
    child.on("error", reject);
    child.on("close", (code) => settle({ code, stdout, stderr }));
    // The command may end without reading.
    child.stdin.on("error", () => undefined);
    child.stdin.end(stdin);
  });
}
