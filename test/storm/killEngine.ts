import { execFileSync } from "node:child_process";
import { basename } from "node:path";

interface Process {
  id: number;
  parent: number;
  name: string;
}

/** Kills the Pulumi command that this process runs, and the plugins that the command has started, with no time to save a thing. */
export function killEngine(): void {
  const all = processes();
  const engines = all.filter(({ parent, name }) => parent === process.pid && name === "pulumi");
  for (const { id } of engines.flatMap((engine) => withDescendants(engine, all))) {
    try {
      process.kill(id, "SIGKILL");
    } catch (error) {
      if (!(error instanceof Error && "code" in error && error.code === "ESRCH")) throw error;
    }
  }
}

function processes(): Process[] {
  const table = execFileSync("ps", ["-A", "-o", "pid=,ppid=,comm="], { encoding: "utf8" });
  return table.split("\n").flatMap((line) => {
    const [, id, parent, command] = /^\s*(\d+)\s+(\d+)\s+(.+?)\s*$/.exec(line) ?? [];
    return command === undefined ? [] : [{ id: Number(id), parent: Number(parent), name: basename(command) }];
  });
}

// The engine first, so that it does not see its plugins die.
function withDescendants(ancestor: Process, all: readonly Process[]): Process[] {
  return [
    ancestor,
    ...all.filter(({ parent }) => parent === ancestor.id).flatMap((child) => withDescendants(child, all)),
  ];
}
