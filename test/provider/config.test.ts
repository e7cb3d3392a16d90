import { inspect } from "node:util";
import { expect } from "chai";
import { defaultBaseUrl, readSettings, SettingError } from "../../provider/config";

const accountId = "023e105f4ecef8ad9ca31a8372d0c353";

function read(config: Record<string, string>, environment: NodeJS.ProcessEnv = {}) {
  return readSettings({ get: (key) => config[key] }, environment);
}

function failureOf(config: Record<string, string>, environment: NodeJS.ProcessEnv = {}): SettingError {
  try {
    read(config, environment);
  } catch (error) {
    if (error instanceof SettingError) return error;
    throw error;
  }
  throw new Error("The settings were accepted.");
}

function rejectionOf(baseUrl: string): string {
  return failureOf({ "cloudflare:baseUrl": baseUrl }).message;
}

const unset = { adoptInterruptedCreates: false, maxRemovals: undefined, allowRemovals: false };

describe("readSettings", () => {
  it("returns the public API without an account or credential by default", () => {
    expect(read({})).to.deep.equal({
      accountId: undefined,
      baseUrl: defaultBaseUrl,
      credential: undefined,
      ...unset,
    });
    expect(defaultBaseUrl).to.equal("https://api.cloudflare.com/client/v4");
  });

  it("reads every setting from the environment when the configuration lacks it", () => {
    const environment = {
      CLOUDFLARE_ACCOUNT_ID: accountId,
      CLOUDFLARE_BASE_URL: "https://proxy.example.com/client/v4",
      CLOUDFLARE_EMAIL: "user@example.com",
      CLOUDFLARE_API_KEY: "a-key",
    };
    expect(read({}, environment)).to.deep.equal({
      accountId,
      baseUrl: "https://proxy.example.com/client/v4",
      credential: { email: "user@example.com", apiKey: "a-key" },
      ...unset,
    });
    expect(read({}, { CLOUDFLARE_API_TOKEN: "a-token" }).credential).to.deep.equal({ apiToken: "a-token" });
  });

  it("prefers the configuration over the environment for each setting", () => {
    const config = { "cloudflare:accountId": accountId, "cloudflare:apiToken": "configured" };
    const environment = {
      CLOUDFLARE_ACCOUNT_ID: "f".repeat(32),
      CLOUDFLARE_API_TOKEN: "from-the-environment",
      CLOUDFLARE_BASE_URL: "https://proxy.example.com",
    };
    expect(read(config, environment)).to.deep.equal({
      accountId,
      baseUrl: "https://proxy.example.com",
      credential: { apiToken: "configured" },
      ...unset,
    });
  });

  it("trims values and treats an empty setting as missing", () => {
    const config = { "cloudflare:apiToken": " \t", "cloudflare:accountId": "", "cloudflare:baseUrl": "\n" };
    const environment = { CLOUDFLARE_API_TOKEN: "  a-token\n", CLOUDFLARE_ACCOUNT_ID: ` ${accountId}\r\n` };
    expect(read(config, environment)).to.deep.equal({
      accountId,
      baseUrl: defaultBaseUrl,
      credential: { apiToken: "a-token" },
      ...unset,
    });
    expect(read(config, { CLOUDFLARE_API_TOKEN: "", CLOUDFLARE_ACCOUNT_ID: " " })).to.deep.equal(read({}));
  });
});

describe("The setting adoptInterruptedCreates", () => {
  const setting = "cloudflare:adoptInterruptedCreates";
  const variable = "CLOUDFLARE_ADOPT_INTERRUPTED_CREATES";
  const isOn = (config: Record<string, string>, environment: NodeJS.ProcessEnv = {}) =>
    read(config, environment).adoptInterruptedCreates;

  it("is off by default and on when configuration or environment contain true", () => {
    expect(isOn({})).to.equal(false);
    expect(isOn({ [setting]: "true" })).to.equal(true);
    expect(isOn({}, { [variable]: " true\n" })).to.equal(true);
    expect(isOn({ [setting]: "" }, { [variable]: " " })).to.equal(false);
  });

  it("prefers the configuration over the environment", () => {
    expect(isOn({ [setting]: "false" }, { [variable]: "true" })).to.equal(false);
    expect(isOn({ [setting]: "true" }, { [variable]: "false" })).to.equal(true);
  });

  it("rejects every other value under the name that the user chose", () => {
    for (const value of ["yes", "1", "True", "on"]) {
      expect(failureOf({ [setting]: value }).message).to.equal(`${setting} must be true or false, not "${value}"`);
      expect(failureOf({}, { [variable]: value }).setting).to.equal(variable);
    }
  });
});

describe("The credential in the settings", () => {
  it("is a configured key when the environment has a token", () => {
    const config = { "cloudflare:email": "user@example.com", "cloudflare:apiKey": "configured-key" };
    expect(read(config, { CLOUDFLARE_API_TOKEN: "a-token" }).credential).to.deep.equal({
      email: "user@example.com",
      apiKey: "configured-key",
    });
  });

  it("is the token when one source has a token and a key", () => {
    const token = { "cloudflare:apiToken": "a-token", "cloudflare:email": "user@example.com" };
    expect(read(token).credential).to.deep.equal({ apiToken: "a-token" });
    expect(read({ ...token, "cloudflare:apiKey": "a-key" }).credential).to.deep.equal({ apiToken: "a-token" });
  });

  it("is rejected with the name of the missing setting when it is incomplete", () => {
    expect(failureOf({ "cloudflare:apiKey": "a-key" }).message).to.equal(
      "cloudflare:apiKey needs cloudflare:email too",
    );
    expect(failureOf({ "cloudflare:email": "user@example.com" }).message).to.equal(
      "cloudflare:email needs cloudflare:apiKey too",
    );
    expect(failureOf({}, { CLOUDFLARE_API_KEY: "a-key" }).message).to.equal(
      "CLOUDFLARE_API_KEY needs CLOUDFLARE_EMAIL too",
    );
    expect(failureOf({}, { CLOUDFLARE_EMAIL: "user@example.com" }).message).to.equal(
      "CLOUDFLARE_EMAIL needs CLOUDFLARE_API_KEY too",
    );
  });

  it("never combines an email and a key from two sources", () => {
    const failure = failureOf({ "cloudflare:email": "user@example.com" }, { CLOUDFLARE_API_KEY: "a-key" });
    expect(failure.setting).to.equal("cloudflare:email");
    expect(failure.reason).to.equal("needs cloudflare:apiKey too");
  });

  for (const [what, character] of [
    ["a line break", "\n"],
    ["a space", " "],
    ["a null", "\0"],
    ["a non-ASCII letter", "é"],
    ["an emoji", "🔑"],
  ] as const)
    it(`is rejected without showing it when it contains ${what}`, () => {
      const secret = `s3cr3t${character}s3cr3t`;
      for (const failure of [
        failureOf({ "cloudflare:apiToken": secret }),
        failureOf({ "cloudflare:email": "user@example.com", "cloudflare:apiKey": secret }),
        failureOf({ "cloudflare:email": secret, "cloudflare:apiKey": "a-key" }),
        failureOf({}, { CLOUDFLARE_API_TOKEN: secret }),
      ]) {
        expect(failure.reason).to.contain("an HTTP header cannot carry");
        expect(failure.setting).to.match(/^(cloudflare:(apiToken|apiKey|email)|CLOUDFLARE_API_TOKEN)$/);
        for (const shown of [
          failure.message,
          failure.stack,
          inspect(failure, { depth: null }),
          JSON.stringify(failure),
        ])
          expect(shown).not.to.contain("s3cr3t");
      }
    });
});

describe("The base URL in the settings", () => {
  it("loses the slashes at its end", () => {
    expect(read({ "cloudflare:baseUrl": "https://api.example.com/client/v4//" }).baseUrl).to.equal(
      "https://api.example.com/client/v4",
    );
    expect(read({ "cloudflare:baseUrl": "https://api.example.com" }).baseUrl).to.equal("https://api.example.com");
  });

  for (const url of [
    "http://localhost:8787",
    "http://127.0.0.1:8787/client/v4",
    "http://127.8.9.1",
    "http://[::1]:80/x",
  ])
    it(`can be the loopback address ${url}`, () => {
      expect(read({ "cloudflare:baseUrl": url }).baseUrl).to.equal(new URL(url).href.replace(/\/$/, ""));
    });

  for (const url of [
    "http://api.cloudflare.com/client/v4",
    "http://localhost.example.com",
    "http://127.0.0.1.example.com",
    "http://10.0.0.1",
    "http://[::2]",
    "http://0.0.0.0",
    "ftp://api.cloudflare.com",
    "file:///client/v4",
    "localhost:8787",
  ])
    it(`cannot be ${url}, which is not encrypted HTTP`, () => {
      expect(rejectionOf(url)).to.match(/^cloudflare:baseUrl must begin with https:/);
    });

  it("cannot contain a user name or a password", () => {
    for (const url of ["https://user:s3cr3t@example.com", "https://s3cr3t@example.com", "http://:s3cr3t@127.0.0.1"])
      expect(rejectionOf(url)).to.equal("cloudflare:baseUrl must not hold a user name or password");
  });

  it("cannot have a query or a fragment", () => {
    for (const url of ["https://example.com/v4?token=s3cr3t", "https://example.com/v4#s3cr3t"])
      expect(rejectionOf(url)).to.equal("cloudflare:baseUrl must end with its path: no query, no fragment");
  });

  it("cannot end with an empty query or fragment", () => {
    for (const url of ["https://example.com/v4?", "https://example.com/v4#", "https://example.com/v4/?#"])
      expect(() => read({ "cloudflare:baseUrl": url }), url).to.throw(SettingError, "no query, no fragment");
  });

  it("must be a URL, and the error says what to do", () => {
    for (const url of ["api.cloudflare.com/client/v4", "127.0.0.1:8787", "https://", "https://exa mple.com", "//x"])
      expect(rejectionOf(url), url).to.equal(`cloudflare:baseUrl is not a URL; leave it out to use ${defaultBaseUrl}`);
  });

  it("is rejected under the name that the user chose", () => {
    expect(failureOf({}, { CLOUDFLARE_BASE_URL: "nonsense" }).setting).to.equal("CLOUDFLARE_BASE_URL");
  });
});

describe("The setting maxRemovals", () => {
  it("is a number of people or a share of a group", () => {
    const parse = (value: string) => read({ "cloudflare:maxRemovals": value }).maxRemovals;
    expect(parse("5")).to.deep.equal({ value: 5, unit: "" });
    expect(parse("25%")).to.deep.equal({ value: 25, unit: "%" });
    expect(read({}, { CLOUDFLARE_MAX_REMOVALS: "100%" }).maxRemovals).to.deep.equal({ value: 100, unit: "%" });
    for (const value of ["0", "-1", "many", "101%", "0%", "2.5", "5 %"])
      expect(failureOf({ "cloudflare:maxRemovals": value }).message).to.equal(
        "cloudflare:maxRemovals must be a number of people, such as 5, or a share of a group, such as 25%, " +
          `not ${JSON.stringify(value)}`,
      );
  });

  it("is lifted by allowRemovals, which is true or false", () => {
    expect(read({}, { CLOUDFLARE_ALLOW_REMOVALS: "true" }).allowRemovals).to.equal(true);
    expect(failureOf({ "cloudflare:allowRemovals": "yes" }).message).to.equal(
      'cloudflare:allowRemovals must be true or false, not "yes"',
    );
  });
});
