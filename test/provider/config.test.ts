import { inspect } from "node:util";
import { expect } from "chai";
import { defaultBaseUrl, readSettings, SettingError } from "../../provider/config";

const accountId = "023e105f4ecef8ad9ca31a8372d0c353";

function read(config: Record<string, string>, environment: NodeJS.ProcessEnv = {}) {
  return readSettings({ get: (key) => config[key] }, environment);
}

function catchError(config: Record<string, string>, environment: NodeJS.ProcessEnv = {}): SettingError {
  try {
    read(config, environment);
  } catch (error) {
    if (error instanceof SettingError) return error;
    throw error;
  }
  throw new Error("readSettings did not fail.");
}

function catchBaseUrlMessage(baseUrl: string): string {
  return catchError({ "cloudflare:baseUrl": baseUrl }).message;
}

describe("readSettings", () => {
  it("returns the public API without account and credential by default", () => {
    expect(read({})).to.deep.equal({ accountId: undefined, baseUrl: defaultBaseUrl, credential: undefined });
    expect(defaultBaseUrl).to.equal("https://api.cloudflare.com/client/v4");
  });

  it("reads every setting from the environment when the configuration is empty", () => {
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
    });
  });

  it("trims values and ignores empty settings", () => {
    const config = { "cloudflare:apiToken": " \t", "cloudflare:accountId": "", "cloudflare:baseUrl": "\n" };
    const environment = { CLOUDFLARE_API_TOKEN: "  a-token\n", CLOUDFLARE_ACCOUNT_ID: ` ${accountId}\r\n` };
    expect(read(config, environment)).to.deep.equal({
      accountId,
      baseUrl: defaultBaseUrl,
      credential: { apiToken: "a-token" },
    });
    expect(read(config, { CLOUDFLARE_API_TOKEN: "", CLOUDFLARE_ACCOUNT_ID: " " })).to.deep.equal(read({}));
  });
});

describe("Credential from readSettings", () => {
  it("returns the configured key when the environment has a token", () => {
    const config = { "cloudflare:email": "user@example.com", "cloudflare:apiKey": "configured-key" };
    expect(read(config, { CLOUDFLARE_API_TOKEN: "a-token" }).credential).to.deep.equal({
      email: "user@example.com",
      apiKey: "configured-key",
    });
  });

  it("prefers the token when a source has a token and a key", () => {
    const token = { "cloudflare:apiToken": "a-token", "cloudflare:email": "user@example.com" };
    expect(read(token).credential).to.deep.equal({ apiToken: "a-token" });
    expect(read({ ...token, "cloudflare:apiKey": "a-key" }).credential).to.deep.equal({ apiToken: "a-token" });
  });

  it("rejects an email without a key and a key without an email", () => {
    expect(catchError({ "cloudflare:apiKey": "a-key" }).message).to.equal(
      "cloudflare:apiKey needs cloudflare:email too",
    );
    expect(catchError({ "cloudflare:email": "user@example.com" }).message).to.equal(
      "cloudflare:email needs cloudflare:apiKey too",
    );
    expect(catchError({}, { CLOUDFLARE_API_KEY: "a-key" }).message).to.equal(
      "CLOUDFLARE_API_KEY needs CLOUDFLARE_EMAIL too",
    );
    expect(catchError({}, { CLOUDFLARE_EMAIL: "user@example.com" }).message).to.equal(
      "CLOUDFLARE_EMAIL needs CLOUDFLARE_API_KEY too",
    );
  });

  it("does not combine an email and a key from two sources", () => {
    const error = catchError({ "cloudflare:email": "user@example.com" }, { CLOUDFLARE_API_KEY: "a-key" });
    expect(error.setting).to.equal("cloudflare:email");
    expect(error.reason).to.equal("needs cloudflare:apiKey too");
  });

  for (const [what, character] of [
    ["a line break", "\n"],
    ["a space", " "],
    ["a null", "\0"],
    ["a non-ASCII letter", "é"],
    ["an emoji", "🔑"],
  ] as const)
    it(`rejects a credential with ${what} and never shows it`, () => {
      const secret = `s3cr3t${character}s3cr3t`;
      for (const error of [
        catchError({ "cloudflare:apiToken": secret }),
        catchError({ "cloudflare:email": "user@example.com", "cloudflare:apiKey": secret }),
        catchError({ "cloudflare:email": secret, "cloudflare:apiKey": "a-key" }),
        catchError({}, { CLOUDFLARE_API_TOKEN: secret }),
      ]) {
        expect(error.reason).to.contain("an HTTP header cannot carry");
        expect(error.setting).to.match(/^(cloudflare:(apiToken|apiKey|email)|CLOUDFLARE_API_TOKEN)$/);
        for (const shown of [error.message, error.stack, inspect(error, { depth: null }), JSON.stringify(error)])
          expect(shown).not.to.contain("s3cr3t");
      }
    });
});

describe("Base URL from readSettings", () => {
  it("removes the slashes at the end", () => {
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
    it(`accepts the loopback address ${url}`, () => {
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
    it(`rejects ${url}, because the credential would travel unencrypted`, () => {
      expect(catchBaseUrlMessage(url)).to.match(/^cloudflare:baseUrl must begin with https:/);
    });

  it("rejects a user name or password and never shows it", () => {
    for (const url of ["https://user:s3cr3t@example.com", "https://s3cr3t@example.com", "http://:s3cr3t@127.0.0.1"])
      expect(catchBaseUrlMessage(url)).to.equal("cloudflare:baseUrl must not hold a user name or password");
  });

  it("rejects a query or fragment and never shows it", () => {
    for (const url of ["https://example.com/v4?token=s3cr3t", "https://example.com/v4#s3cr3t"])
      expect(catchBaseUrlMessage(url)).to.equal("cloudflare:baseUrl must end with its path: no query, no fragment");
  });

  it("rejects an empty query or fragment", () => {
    for (const url of ["https://example.com/v4?", "https://example.com/v4#", "https://example.com/v4/?#"])
      expect(() => read({ "cloudflare:baseUrl": url }), url).to.throw(SettingError, "no query, no fragment");
  });

  it("rejects text that is not a URL and says what to do", () => {
    for (const url of ["api.cloudflare.com/client/v4", "127.0.0.1:8787", "https://", "https://exa mple.com", "//x"])
      expect(catchBaseUrlMessage(url), url).to.equal(
        `cloudflare:baseUrl is not a URL; leave it out to use ${defaultBaseUrl}`,
      );
  });

  it("names the environment variable when its value is invalid", () => {
    expect(catchError({}, { CLOUDFLARE_BASE_URL: "nonsense" }).setting).to.equal("CLOUDFLARE_BASE_URL");
  });
});
