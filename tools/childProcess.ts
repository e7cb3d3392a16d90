import { execFile } from "node:child_process";

export interface RunOptions {
  env: NodeJS.ProcessEnv;
  /** Default: 30, which only ends a program that hangs. */
  timeLimitMinutes?: number;
  cwd?: string;
}

/**
 * Runs a program until it ends, and returns what it wrote to stdout.
 *
 * @throws An error when the program is not on the PATH of `env`, fails, or runs longer than `timeLimitMinutes`. The error has
 * the program's name and the end of its output.
 */
export function run(command: string, args: string[], { env, timeLimitMinutes = 30, cwd }: RunOptions): Promise<string> {
  return new Promise((resolve, reject) => {
    const options = { env, cwd, timeout: timeLimitMinutes * 60_000, maxBuffer: 64 * 1024 * 1024 };
    execFile(command, args, options, (error, stdout, stderr) => {
      if (!error) resolve(stdout);
      else if (error.code === "ENOENT") reject(new Error(`\`${command}\` is not on PATH`));
      else if (error.killed) reject(new Error(`\`${command}\` was stopped after ${timeLimitMinutes} minutes`));
      else reject(new Error(`\`${command}\` failed: ${takeLastLines(stderr || stdout || error.message)}`));
    });
  });
}

function takeLastLines(output: string): string {
  const lines = output.trim().split("\n");
  // npm ends its output with its own stack trace. The reason stands before it.
  return lines
    .filter((line) => !line.includes("    at "))
    .slice(-15)
    .join("\n");
}

/** Logs a line with the elapsed time every 20 seconds until the work ends. A silent minute looks like a hang. */
export async function withHeartbeat<T>(line: string, log: (line: string) => void, work: Promise<T>): Promise<T> {
  const start = Date.now();
  const timer = setInterval(() => log(`${line}, ${Math.round((Date.now() - start) / 1000)} s so far`), 20_000);
  try {
    return await work;
  } finally {
    clearInterval(timer);
  }
}
