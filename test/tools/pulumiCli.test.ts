import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readdir, readFile, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, delimiter, join } from "node:path";
import { expect } from "chai";
import { findPulumiCli } from "../../tools/pulumiCli";
import { readPinnedVersion } from "../../tools/pulumiCliPins";

// Shell scripts replace the programs that the search runs. The PATH has nothing else.
const pulumi = (version: string) => `echo "v${version}"`;
const plugin = "exit 0";
const download = (version: string) => `
bin="$PULUMI_HOME/versions/$PULUMI_VERSION/bin"
/bin/mkdir -p "$bin"
for file in pulumi pulumi-language-nodejs pulumi-resource-pulumi-nodejs; do
  echo '#!/bin/sh' > "$bin/$file"
  echo 'echo v${version}' >> "$bin/$file"
  /bin/chmod +x "$bin/$file"
done`;
const failDownload = `echo "pulumi: fetch failed" >&2; exit 1`;
const build = (version: string) => `
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
  let logged: string[];
  const log = (line: string) => logged.push(line);

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "pulumi-cli-test-"));
    bin = join(folder, "bin");
    await mkdir(bin);
    env = { PATH: bin, HOME: join(folder, "home"), XDG_CACHE_HOME: join(folder, "cache") };
    logged = [];
  });

  afterEach(() => rm(folder, { recursive: true, force: true }));

  /** Puts a program on PATH that appends its name to calls.txt and then runs `script`. */
  const putOnPath = (name: string, script: string) =>
    writeFile(join(bin, name), `#!/bin/sh\necho ${name} >> "${folder}/calls.txt"\n${script}\n`, { mode: 0o755 });

  const readCalls = async () => (await readFile(join(folder, "calls.txt"), "utf8")).trim().split("\n");

  const listCache = () => readdir(join(folder, "cache", "pulumi-cloudflare-groups"));

  const messageOf = async (search: Promise<unknown>): Promise<string> => {
    const outcome = await search.catch((error: Error) => error);
    if (!(outcome instanceof Error)) throw new Error("The search succeeded.");
    return outcome.message;
  };

  it("returns the pulumi on PATH when its Node plugins exist", async () => {
    await putOnPath("pulumi", pulumi("3.300.1"));
    await putOnPath("pulumi-language-nodejs", plugin);
    await putOnPath("pulumi-resource-pulumi-nodejs", plugin);
    await putOnPath("npx", download("3.259.0"));
    await putOnPath("go", build("3.259.0"));

    const cli = await findPulumiCli(log, env);

    expect(cli).to.include({ command: join(bin, "pulumi"), folder: bin, version: "3.300.1" });
    expect(await readCalls()).to.deep.equal(["pulumi"]);
    expect(logged).to.deep.equal([]);
  });

  it("downloads a CLI when the pulumi on PATH has no Node host", async () => {
    await putOnPath("pulumi", pulumi("3.300.1"));
    await putOnPath("npx", download("3.259.7"));
    await putOnPath("go", build("3.259.0"));

    const cli = await findPulumiCli(log, env);

    expect(cli.version).to.equal("3.259.7");
    expect(await readCalls()).to.deep.equal(["npx"]);
    expect(logged.join("\n"))
      .to.include("has no `pulumi-language-nodejs`")
      .and.to.include("Downloading the Pulumi CLI");
  });

  it("downloads a CLI when the pulumi on PATH is too old", async () => {
    await putOnPath("pulumi", pulumi("3.99.0"));
    await putOnPath("pulumi-language-nodejs", plugin);
    await putOnPath("pulumi-resource-pulumi-nodejs", plugin);
    await putOnPath("npx", download("3.259.7"));

    const cli = await findPulumiCli(log, env);

    expect(cli.version).to.equal("3.259.7");
    expect(logged.join("\n")).to.include("is version 3.99.0, and 3.254.0 or later is needed");
  });

  it("downloads nothing into the home folder and caches only the CLI", async () => {
    await putOnPath("npx", download("3.259.0"));

    const cli = await findPulumiCli(log, env);

    expect(await readdir(folder)).to.have.members(["bin", "cache", "calls.txt"]);
    expect(await listCache()).to.have.length(1);
    expect(await readdir(cli.folder)).to.have.members([
      "pulumi",
      "pulumi-language-nodejs",
      "pulumi-resource-pulumi-nodejs",
    ]);
  });

  it("builds the CLI with the SDK's dynamic provider plugin when the download fails", async () => {
    await putOnPath("npx", failDownload);
    await putOnPath("go", build("3.259.0"));

    const cli = await findPulumiCli(log, env);

    expect(await readCalls()).to.deep.equal(["npx", "go", "go"]);
    expect(logged.join("\n")).to.include("pulumi: fetch failed").and.to.include("Building the Pulumi CLI");
    const shipped = require.resolve("@pulumi/pulumi/pulumi-resource-pulumi-nodejs");
    expect(await readFile(join(cli.folder, "pulumi-resource-pulumi-nodejs"), "utf8")).to.equal(
      await readFile(shipped, "utf8"),
    );
  });

  it("returns the built CLI again without another download or build", async () => {
    await putOnPath("npx", failDownload);
    await putOnPath("go", build("3.259.0"));
    const first = await findPulumiCli(log, env);

    const second = await findPulumiCli(log, env);

    expect(second.command).to.equal(first.command);
    expect(await readCalls()).to.deep.equal(["npx", "go", "go"]);
  });

  it("returns the same CLI to two parallel searches and leaves no unfinished folder", async () => {
    await putOnPath("npx", failDownload);
    await putOnPath("go", build("3.259.0"));

    const [one, other] = await Promise.all([findPulumiCli(log, env), findPulumiCli(log, env)]);

    expect(one.command).to.equal(other.command);
    expect(await listCache()).to.have.length(1);
  });

  it("keeps nothing in the cache when a build fails", async () => {
    await putOnPath("npx", failDownload);
    await putOnPath("go", `${build("3.259.0")}\necho "go: no such host" >&2; exit 1`);

    await messageOf(findPulumiCli(log, env));

    expect(await listCache()).to.deep.equal([]);
  });

  it("removes a folder that a killed run left a day ago, and keeps newer ones", async () => {
    const cache = join(folder, "cache", "pulumi-cloudflare-groups");
    await mkdir(join(cache, "unfinished-killed"), { recursive: true });
    await mkdir(join(cache, "unfinished-running"));
    const twoDaysAgo = Date.now() / 1000 - 2 * 24 * 60 * 60;
    await utimes(join(cache, "unfinished-killed"), twoDaysAgo, twoDaysAgo);
    await putOnPath("npx", download("3.259.0"));

    const cli = await findPulumiCli(log, env);

    expect(await listCache()).to.have.members(["unfinished-running", basename(cli.folder)]);
  });

  it("lists every failed attempt and what to do when none succeeds", async () => {
    await putOnPath("npx", failDownload);

    const message = await messageOf(findPulumiCli(log, env));

    expect(message).to.include("- On PATH: `pulumi` is not on PATH");
    expect(message).to.include("- Download: `npx` failed: pulumi: fetch failed");
    expect(message).to.include("- Build from Go modules: `go` is not on PATH");
    expect(message).to.include("https://www.pulumi.com/docs/install/");
  });

  it("asks for HOME or XDG_CACHE_HOME when neither is set", async () => {
    await putOnPath("npx", download("3.259.0"));

    const message = await messageOf(findPulumiCli(log, { PATH: bin }));

    expect(message).to.include("set HOME or XDG_CACHE_HOME to a folder");
  });

  it("runs `pulumi version` with a temporary PULUMI_HOME and deletes it", async () => {
    await putOnPath("pulumi", `echo "$PULUMI_HOME" > "${folder}/pulumi-home.txt"\n${pulumi("3.259.0")}`);
    await putOnPath("pulumi-language-nodejs", plugin);
    await putOnPath("pulumi-resource-pulumi-nodejs", plugin);

    await findPulumiCli(log, env);

    const pulumiHome = (await readFile(join(folder, "pulumi-home.txt"), "utf8")).trim();
    expect(pulumiHome).to.match(/pulumi-version-/);
    expect(existsSync(pulumiHome)).to.equal(false);
  });

  it("asks npm for the version that the Go modules pin", async () => {
    await putOnPath("npx", `echo "$@" > "${folder}/asked.txt"\n${download("3.259.0")}`);

    await findPulumiCli(log, env);

    expect(await readFile(join(folder, "asked.txt"), "utf8")).to.include(`pulumi@${readPinnedVersion()} version`);
  });

  it("puts the CLI's folder first on PATH and keeps the other variables", async () => {
    await putOnPath("npx", download("3.259.0"));
    const cli = await findPulumiCli(log, env);

    const changed = cli.env({ PATH: "/usr/bin", PULUMI_CONFIG_PASSPHRASE: "correct horse" });

    expect(changed).to.deep.equal({
      PATH: `${cli.folder}${delimiter}/usr/bin`,
      PULUMI_CONFIG_PASSPHRASE: "correct horse",
    });
    expect(cli.env(changed).PATH).to.equal(changed.PATH);
  });
});
