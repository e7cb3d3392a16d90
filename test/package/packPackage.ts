import { join } from "node:path";
import { run } from "../../tools/childProcess";

/** A package as `npm publish` publishes it. */
export interface PackedPackage {
  /** Its name on npm. */
  name: string;
  tarball: string;
  /** The paths of its files. */
  contents: string[];
}

/** Packs the package of a folder into another folder. */
export async function packPackage(folder: string, destination: string): Promise<PackedPackage> {
  const pack = ["pack", "--json", "--ignore-scripts", "--pack-destination", destination];
  const [packed] = JSON.parse(await run("npm", pack, { cwd: folder, env: process.env }));
  return {
    name: packed.name,
    tarball: join(destination, packed.filename),
    contents: packed.files.map(({ path }: { path: string }) => path),
  };
}
