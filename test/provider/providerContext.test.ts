import { expect } from "chai";
import { SettingError } from "../../provider/config";
import { ProviderContext } from "../../provider/providerContext";

const accountId = "023e105f4ecef8ad9ca31a8372d0c353";

function createConfiguration(values: Record<string, string>) {
  return { get: (key: string) => values[key] };
}

describe("ProviderContext", () => {
  it("reports an invalid setting when it is used, not at configure", () => {
    const context = new ProviderContext({});
    context.configure(createConfiguration({ "cloudflare:baseUrl": "http://example.com" }));
    expect(() => context.settings).to.throw(SettingError, "cloudflare:baseUrl must begin with https:");
    expect(() => context.client).to.throw(SettingError, "cloudflare:baseUrl must begin with https:");
  });

  it("says that an invalid setting of the configuration may come from an explicit provider", () => {
    const context = new ProviderContext({});
    context.configure(createConfiguration({ "cloudflare:email": "ada@example.com" }));
    expect(() => context.settings).to.throw(
      SettingError,
      "cloudflare:email needs cloudflare:apiKey too; it is set in the stack's configuration, or in the Provider that { provider } names",
    );
    const environment = { CLOUDFLARE_EMAIL: "ada@example.com" };
    expect(() => new ProviderContext(environment).settings).to.throw(
      SettingError,
      /^CLOUDFLARE_EMAIL needs CLOUDFLARE_API_KEY too$/,
    );
  });

  it("returns settings without a credential and fails when the client needs one", () => {
    const context = new ProviderContext({ CLOUDFLARE_ACCOUNT_ID: accountId });
    expect(context.settings.accountId).to.equal(accountId);
    expect(() => context.client).to.throw(
      SettingError,
      /^cloudflare:apiToken is missing: set it with `pulumi config set --secret cloudflare:apiToken <token>`, or in CLOUDFLARE_API_TOKEN/,
    );
  });

  it("keeps one client until it is configured again", () => {
    const context = new ProviderContext({ CLOUDFLARE_API_TOKEN: "a-token" });
    const first = context.client;
    expect(context.client).to.equal(first);
    context.configure(createConfiguration({ "cloudflare:apiToken": "another-token" }));
    expect(context.client).not.to.equal(first);
    expect(context.settings.credential).to.deep.equal({ apiToken: "another-token" });
  });

  it("keeps its client and rate limits when it gets the same settings again", () => {
    const context = new ProviderContext({});
    const settings = { "cloudflare:apiToken": "a-token", "cloudflare:accountId": accountId };
    context.configure(createConfiguration(settings));
    const first = context.client;
    context.configure(createConfiguration({ ...settings }));
    expect(context.client).to.equal(first);
    context.configure(createConfiguration({ ...settings, "cloudflare:accountId": "f".repeat(32) }));
    expect(context.client, "the account is no setting of the client").to.equal(first);
    context.configure(createConfiguration({ ...settings, "cloudflare:baseUrl": "https://proxy.example.com" }));
    expect(context.client).not.to.equal(first);
  });

  it("rejects a missing credential also after a client was made with one", () => {
    const context = new ProviderContext({});
    context.configure(createConfiguration({ "cloudflare:apiToken": "a-token" }));
    expect(context.client).to.be.an("object");
    context.configure(createConfiguration({}));
    expect(() => context.client).to.throw(SettingError, "cloudflare:apiToken is missing");
  });

  it("prefers the resource's account over the account of the settings", () => {
    const context = new ProviderContext({ CLOUDFLARE_ACCOUNT_ID: accountId });
    expect(context.accountOf({ accountId: "f".repeat(32) })).to.equal("f".repeat(32));
    expect(context.accountOf({})).to.equal(accountId);
  });

  it("explains where to set an account when there is none", () => {
    expect(() => new ProviderContext({}).accountOf({})).to.throw(
      SettingError,
      "accountId is missing: set it as an argument, with `pulumi config set cloudflare:accountId <id>`, in CLOUDFLARE_ACCOUNT_ID, or in the Provider that the resource gets by { provider }",
    );
  });
});
