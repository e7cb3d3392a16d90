import { chmod, cp, mkdir, readFile, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect } from "chai";
import { repository } from "../documentation";
import { createTestStack, type TestStack } from "./account";
import type { PulumiProject } from "./pulumiProject";

/** A simulated account and a clone of the repository with one example. Its stack `dev` is selected. */
export interface ExampleStack extends TestStack {
  /** The project in the clone's root, with its own stacks. */
  clone: PulumiProject;
  /** Replaces a text in a file of the example. The file must contain the text exactly once. */
  edit(file: string, change: { from: string; to: string }): Promise<void>;
}

/** Creates a test stack with a program of `examples/`. */
export async function createExampleStack(
  name: string,
  options: Parameters<typeof createTestStack>[0] = {},
  settings: NodeJS.ProcessEnv = {},
): Promise<ExampleStack> {
  const testStack = await createTestStack(options, {
    ...settings,
    PULUMI_NODEJS_TYPESCRIPT: "true",
    // The types of the examples are checked with those of the repository.
    PULUMI_NODEJS_TRANSPILE_ONLY: "true",
  });
  const clone = testStack.project;
  const project = clone.in(join("examples", name));
  await cp(join(repository, "examples", name), project.folder, { recursive: true });
  await cp(join(repository, "Pulumi.yaml"), join(clone.folder, "Pulumi.yaml"));
  await linkDependencies(project, join(clone.folder, "program", "node_modules"));
  await project.initStack("dev");
  return {
    ...testStack,
    clone,
    project,
    edit: async (file, { from, to }) => {
      const path = join(project.folder, file);
      const parts = (await readFile(path, "utf8")).split(from);
      expect(parts, `${file} around ${JSON.stringify(from)}`).to.have.length(2);
      await writeFile(path, parts.join(to));
    },
  };
}

// The given folder contains the package and resolves the runtime's SDK. The other dependencies come from `npm ci`.
async function linkDependencies(example: PulumiProject, nodeModules: string): Promise<void> {
  const { dependencies } = JSON.parse(await readFile(join(example.folder, "package.json"), "utf8"));
  const others = Object.keys(dependencies).filter((name) => !/^(@pulumi\/pulumi|pulumi-cloudflare-groups)$/.test(name));
  for (const name of others) await symlink(join(repository, "node_modules", name), join(nodeModules, name));
  await linkCommand(nodeModules);
  await symlink(nodeModules, join(example.folder, "node_modules"));
}

/** Makes the package's command available to npm's scripts, as an installation does. */
async function linkCommand(nodeModules: string): Promise<void> {
  const { bin } = JSON.parse(await readFile(join(nodeModules, "pulumi-cloudflare-groups/package.json"), "utf8"));
  const file = join(nodeModules, "pulumi-cloudflare-groups", bin["pulumi-cloudflare-groups"]);
  await chmod(file, 0o755);
  await mkdir(join(nodeModules, ".bin"));
  await symlink(file, join(nodeModules, ".bin/pulumi-cloudflare-groups"));
}
