import { expect } from "chai";
import { SettingError } from "../../provider/config";
import { Connection } from "../../provider/connection";

const accountId = "023e105f4ecef8ad9ca31a8372d0c353";

function configuration(values: Record<string, string>) {
  return { get: (key: string) => values[key] };
}

describe("Connection", () => {
  it("only remembers at configure: what is wrong comes to light where it is needed", () => {
    const connection = new Connection({});
    connection.configure(configuration({ "cloudflare:baseUrl": "http://example.com" }));
    expect(() => connection.settings).to.throw(SettingError, "cloudflare:baseUrl must begin with https:");
    expect(() => connection.client).to.throw(SettingError, "cloudflare:baseUrl must begin with https:");
  });

  it("has settings without a credential, and says how to set one where a call needs it", () => {
    const connection = new Connection({ CLOUDFLARE_ACCOUNT_ID: accountId });
    expect(connection.settings.accountId).to.equal(accountId);
    expect(() => connection.client).to.throw(
      SettingError,
      /^cloudflare:apiToken is missing: set it with `pulumi config set --secret cloudflare:apiToken <token>`, or in CLOUDFLARE_API_TOKEN/,
    );
  });

  it("makes one client, and another after it was configured anew", () => {
    const connection = new Connection({ CLOUDFLARE_API_TOKEN: "a-token" });
    const first = connection.client;
    expect(connection.client).to.equal(first);
    connection.configure(configuration({ "cloudflare:apiToken": "another-token" }));
    expect(connection.client).not.to.equal(first);
    expect(connection.settings.credential).to.deep.equal({ apiToken: "another-token" });
  });

  it("takes a resource's own account before that of the settings", () => {
    const connection = new Connection({ CLOUDFLARE_ACCOUNT_ID: accountId });
    expect(connection.accountOf({ accountId: "f".repeat(32) })).to.equal("f".repeat(32));
    expect(connection.accountOf({})).to.equal(accountId);
  });

  it("says where an account can be set when there is none", () => {
    expect(() => new Connection({}).accountOf({})).to.throw(
      SettingError,
      "accountId is missing: set it as an argument, with `pulumi config set cloudflare:accountId <id>`, or in CLOUDFLARE_ACCOUNT_ID",
    );
  });
});
