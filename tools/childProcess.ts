import { execFile } from "node:child_process";

export interface RunOptions {
  env: NodeJS.ProcessEnv;
  timeLimitMinutes: number;
  cwd?: string;
}

/**
 * Runs a program to its end and gives back what it wrote to stdout.
 *
 * @throws An error that names the program and holds the end of its output: when it is not on the PATH of `env`, exits with
 * a failure, or takes longer than `timeLimitMinutes`.
 */
export function run(command: string, args: string[], { env, timeLimitMinutes, cwd }: RunOptions): Promise<string> {
  return new Promise((resolve, reject) => {
    const options = { env, cwd, timeout: timeLimitMinutes * 60_000, maxBuffer: 64 * 1024 * 1024 };
    execFile(command, args, options, (error, stdout, stderr) => {
      if (!error) resolve(stdout);
      else if (error.code === "ENOENT") reject(new Error(`\`${command}\` is not on PATH`));
      else if (error.killed) reject(new Error(`\`${command}\` was stopped after ${timeLimitMinutes} minutes`));
      else reject(new Error(`\`${command}\` failed: ${lastLines(stderr || stdout || error.message)}`));
    });
  });
}

function lastLines(output: string): string {
  const lines = output.trim().split("\n");
  // npm ends with a stack trace of its own, which would push the reason out.
  return lines
    .filter((line) => !line.includes("    at "))
    .slice(-15)
    .join("\n");
}

/** Repeats a line, with the time gone by, every 20 seconds until the work ends: a silent minute looks like a hang. */
export async function withSignOfLife<T>(line: string, say: (line: string) => void, work: Promise<T>): Promise<T> {
  const start = Date.now();
  const timer = setInterval(() => say(`${line}, ${Math.round((Date.now() - start) / 1000)} s so far`), 20_000);
  try {
    return await work;
  } finally {
    clearInterval(timer);
  }
}
