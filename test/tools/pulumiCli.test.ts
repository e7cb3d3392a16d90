import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readdir, readFile, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, delimiter, join } from "node:path";
import { expect } from "chai";
import { findPulumiCli } from "../../tools/pulumiCli";
import { pinnedVersion } from "../../tools/pulumiCliPins";

// Stand-ins for the programs that the search runs, as shell scripts on a PATH that holds nothing else.
const pulumi = (version: string) => `echo "v${version}"`;
const plugin = "exit 0";
const downloads = (version: string) => `
bin="$PULUMI_HOME/versions/$PULUMI_VERSION/bin"
/bin/mkdir -p "$bin"
for file in pulumi pulumi-language-nodejs pulumi-resource-pulumi-nodejs; do
  echo '#!/bin/sh' > "$bin/$file"
  echo 'echo v${version}' >> "$bin/$file"
  /bin/chmod +x "$bin/$file"
done`;
const cannotDownload = `echo "pulumi: fetch failed" >&2; exit 1`;
const builds = (version: string) => `
while [ "$1" != "-o" ]; do shift; done
for file in pulumi pulumi-language-nodejs; do
  echo '#!/bin/sh' > "$2$file"
  echo 'echo v${version}' >> "$2$file"
  /bin/chmod +x "$2$file"
done`;

describe("findPulumiCli", () => {
  let folder: string;
  let bin: string;
  let env: NodeJS.ProcessEnv;
  let said: string[];
  const say = (line: string) => said.push(line);

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "pulumi-cli-test-"));
    bin = join(folder, "bin");
    await mkdir(bin);
    env = { PATH: bin, HOME: join(folder, "home"), XDG_CACHE_HOME: join(folder, "cache") };
    said = [];
  });

  afterEach(() => rm(folder, { recursive: true, force: true }));

  /** Puts a program on PATH that writes its name to calls.txt and then does what `script` says. */
  const onPath = (name: string, script: string) =>
    writeFile(join(bin, name), `#!/bin/sh\necho ${name} >> "${folder}/calls.txt"\n${script}\n`, { mode: 0o755 });

  const calls = async () => (await readFile(join(folder, "calls.txt"), "utf8")).trim().split("\n");

  const kept = () => readdir(join(folder, "cache", "pulumi-cloudflare-groups"));

  const errorOf = async (search: Promise<unknown>): Promise<string> => {
    const outcome = await search.catch((error: Error) => error);
    if (!(outcome instanceof Error)) throw new Error("The search found a CLI.");
    return outcome.message;
  };

  it("takes the pulumi on PATH, and runs neither npx nor go, when its Node plugins are there too", async () => {
    await onPath("pulumi", pulumi("3.300.1"));
    await onPath("pulumi-language-nodejs", plugin);
    await onPath("pulumi-resource-pulumi-nodejs", plugin);
    await onPath("npx", downloads("3.259.0"));
    await onPath("go", builds("3.259.0"));

    const cli = await findPulumiCli(say, env);

    expect(cli).to.include({ command: join(bin, "pulumi"), folder: bin, version: "3.300.1" });
    expect(await calls()).to.deep.equal(["pulumi"]);
    expect(said).to.deep.equal([]);
  });

  it("leaves a pulumi on PATH that has no Node language host unrun, and downloads one", async () => {
    await onPath("pulumi", pulumi("3.300.1"));
    await onPath("npx", downloads("3.259.7"));
    await onPath("go", builds("3.259.0"));

    const cli = await findPulumiCli(say, env);

    expect(cli.version).to.equal("3.259.7");
    expect(await calls()).to.deep.equal(["npx"]);
    expect(said.join("\n")).to.include("has no `pulumi-language-nodejs`").and.to.include("Downloading the Pulumi CLI");
  });

  it("passes over a pulumi on PATH that is too old", async () => {
    await onPath("pulumi", pulumi("3.99.0"));
    await onPath("pulumi-language-nodejs", plugin);
    await onPath("pulumi-resource-pulumi-nodejs", plugin);
    await onPath("npx", downloads("3.259.7"));

    const cli = await findPulumiCli(say, env);

    expect(cli.version).to.equal("3.259.7");
    expect(said.join("\n")).to.include("is version 3.99.0, and 3.254.0 or later is needed");
  });

  it("downloads nothing into the user's home folder, and keeps nothing but the CLI", async () => {
    await onPath("npx", downloads("3.259.0"));

    const cli = await findPulumiCli(say, env);

    expect(await readdir(folder)).to.have.members(["bin", "cache", "calls.txt"]);
    expect(await kept()).to.have.length(1);
    expect(await readdir(cli.folder)).to.have.members([
      "pulumi",
      "pulumi-language-nodejs",
      "pulumi-resource-pulumi-nodejs",
    ]);
  });

  it("builds the CLI, and adds the SDK's plugin for dynamic providers, when the download fails", async () => {
    await onPath("npx", cannotDownload);
    await onPath("go", builds("3.259.0"));

    const cli = await findPulumiCli(say, env);

    expect(await calls()).to.deep.equal(["npx", "go", "go"]);
    expect(said.join("\n")).to.include("pulumi: fetch failed").and.to.include("Building the Pulumi CLI");
    const shipped = require.resolve("@pulumi/pulumi/pulumi-resource-pulumi-nodejs");
    expect(await readFile(join(cli.folder, "pulumi-resource-pulumi-nodejs"), "utf8")).to.equal(
      await readFile(shipped, "utf8"),
    );
  });

  it("uses what it built from then on, without trying the download again", async () => {
    await onPath("npx", cannotDownload);
    await onPath("go", builds("3.259.0"));
    const first = await findPulumiCli(say, env);

    const second = await findPulumiCli(say, env);

    expect(second.command).to.equal(first.command);
    expect(await calls()).to.deep.equal(["npx", "go", "go"]);
  });

  it("gives two searches at the same time the same CLI, and leaves no unfinished folder", async () => {
    await onPath("npx", cannotDownload);
    await onPath("go", builds("3.259.0"));

    const [one, other] = await Promise.all([findPulumiCli(say, env), findPulumiCli(say, env)]);

    expect(one.command).to.equal(other.command);
    expect(await kept()).to.have.length(1);
  });

  it("keeps nothing of a build that fails halfway", async () => {
    await onPath("npx", cannotDownload);
    await onPath("go", `${builds("3.259.0")}\necho "go: no such host" >&2; exit 1`);

    await errorOf(findPulumiCli(say, env));

    expect(await kept()).to.deep.equal([]);
  });

  it("removes what a killed run left a day ago, and spares what another run may be making now", async () => {
    const cache = join(folder, "cache", "pulumi-cloudflare-groups");
    await mkdir(join(cache, "unfinished-killed"), { recursive: true });
    await mkdir(join(cache, "unfinished-running"));
    const twoDaysAgo = Date.now() / 1000 - 2 * 24 * 60 * 60;
    await utimes(join(cache, "unfinished-killed"), twoDaysAgo, twoDaysAgo);
    await onPath("npx", downloads("3.259.0"));

    const cli = await findPulumiCli(say, env);

    expect(await kept()).to.have.members(["unfinished-running", basename(cli.folder)]);
  });

  it("says how each way failed and what to do, when none works", async () => {
    await onPath("npx", cannotDownload);

    const message = await errorOf(findPulumiCli(say, env));

    expect(message).to.include("- On PATH: `pulumi` is not on PATH");
    expect(message).to.include("- Download: `npx` failed: pulumi: fetch failed");
    expect(message).to.include("- Build from Go modules: `go` is not on PATH");
    expect(message).to.include("https://www.pulumi.com/docs/install/");
  });

  it("asks for a place to keep the CLI when neither HOME nor XDG_CACHE_HOME is set", async () => {
    await onPath("npx", downloads("3.259.0"));

    const message = await errorOf(findPulumiCli(say, { PATH: bin }));

    expect(message).to.include("set HOME or XDG_CACHE_HOME to a folder");
  });

  it("runs `pulumi version` with a Pulumi home of its own, so that it makes none in the user's home folder", async () => {
    await onPath("pulumi", `echo "$PULUMI_HOME" > "${folder}/pulumi-home.txt"\n${pulumi("3.259.0")}`);
    await onPath("pulumi-language-nodejs", plugin);
    await onPath("pulumi-resource-pulumi-nodejs", plugin);

    await findPulumiCli(say, env);

    const pulumiHome = (await readFile(join(folder, "pulumi-home.txt"), "utf8")).trim();
    expect(pulumiHome).to.match(/pulumi-version-/);
    expect(existsSync(pulumiHome)).to.equal(false);
  });

  it("asks npm for exactly the version that the Go modules pin", async () => {
    await onPath("npx", `echo "$@" > "${folder}/asked.txt"\n${downloads("3.259.0")}`);

    await findPulumiCli(say, env);

    expect(await readFile(join(folder, "asked.txt"), "utf8")).to.include(`pulumi@${pinnedVersion()} version`);
  });

  it("gives an environment whose PATH begins with the CLI's folder, and keeps its other variables", async () => {
    await onPath("npx", downloads("3.259.0"));
    const cli = await findPulumiCli(say, env);

    const given = cli.env({ PATH: "/usr/bin", PULUMI_CONFIG_PASSPHRASE: "correct horse" });

    expect(given).to.deep.equal({
      PATH: `${cli.folder}${delimiter}/usr/bin`,
      PULUMI_CONFIG_PASSPHRASE: "correct horse",
    });
    expect(cli.env(given).PATH).to.equal(given.PATH);
  });
});
