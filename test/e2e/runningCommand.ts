import { type ChildProcessByStdio, execFileSync } from "node:child_process";
import type { Readable } from "node:stream";

/** The output and the exit code of a command. */
export interface CommandResult {
  code: number | null;
  output: string;
}

/** A command in its own process. */
export class RunningCommand {
  readonly ended: Promise<CommandResult>;
  #output = "";
  #listeners: (() => void)[] = [];

  constructor(private readonly child: ChildProcessByStdio<null, Readable, Readable>) {
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding("utf8").on("data", (chunk: string) => {
        this.#output += chunk;
        for (const listener of this.#listeners) listener();
      });
    this.ended = new Promise((settle, reject) => {
      child.on("error", reject);
      child.on("close", (code) => settle({ code, output: this.#output }));
    });
  }

  /** Waits until the command has printed this text. */
  waitForOutput(text: string): Promise<void> {
    return new Promise((settle) => {
      const listener = () => this.#output.includes(text) && settle();
      this.#listeners.push(listener);
      listener();
    });
  }

  /** Sends SIGINT, as Ctrl-C does. */
  interrupt(): void {
    this.child.kill("SIGINT");
  }

  /** Kills the command and all its child processes at once, as the end of a pipeline's machine does. */
  async kill(): Promise<void> {
    const processes = execFileSync("ps", ["-eo", "pid=,ppid="], { encoding: "utf8" })
      .trim()
      .split("\n")
      .map((line) => line.trim().split(/\s+/).map(Number));
    const pids = new Set([this.child.pid]);
    for (const [pid, parent] of processes.sort(([left = 0], [right = 0]) => left - right))
      if (pids.has(parent)) pids.add(pid);
    for (const pid of pids) if (pid !== undefined) killIfRunning(pid);
    await this.ended;
  }
}

function killIfRunning(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch (error) {
    // The process may end between the list of processes and its signal.
    if (!(error instanceof Error && "code" in error && error.code === "ESRCH")) throw error;
  }
}
