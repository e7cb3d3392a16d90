import { cp, readFile, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect } from "chai";
import { repository } from "../documentation";
import { type Scene, setScene } from "./account";
import type { PulumiProject } from "./pulumiProject";

/** A simulated account, and a clone of the repository with one example, in which a stack `dev` is selected. */
export interface ExampleScene extends Scene {
  /** The clone's root, which has a project and stacks of its own. */
  clone: PulumiProject;
  /** Changes a file of the example as in an editor; the text to change must be there exactly once. */
  edit(file: string, change: { from: string; to: string }): Promise<void>;
}

/** Sets the scene for a program of `examples/`; it is gone after the test like every scene. */
export async function setExample(
  name: string,
  options: Parameters<typeof setScene>[0] = {},
  settings: NodeJS.ProcessEnv = {},
): Promise<ExampleScene> {
  const scene = await setScene(options, {
    ...settings,
    PULUMI_NODEJS_TYPESCRIPT: "true",
    // The types of the examples are checked with those of the repository.
    PULUMI_NODEJS_TRANSPILE_ONLY: "true",
  });
  const clone = scene.project;
  const project = clone.in(join("examples", name));
  await cp(join(repository, "examples", name), project.folder, { recursive: true });
  await cp(join(repository, "Pulumi.yaml"), join(clone.folder, "Pulumi.yaml"));
  await install(project, join(clone.folder, "program", "node_modules"));
  await project.initStack("dev");
  return {
    ...scene,
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

// The package and the runtime's SDK are in the given folder, or are found from there; the rest is what `npm ci` installs.
async function install(example: PulumiProject, nodeModules: string): Promise<void> {
  const { dependencies } = JSON.parse(await readFile(join(example.folder, "package.json"), "utf8"));
  const others = Object.keys(dependencies).filter((name) => !/^(@pulumi\/pulumi|pulumi-cloudflare-groups)$/.test(name));
  for (const name of others) await symlink(join(repository, "node_modules", name), join(nodeModules, name));
  await symlink(nodeModules, join(example.folder, "node_modules"));
}
