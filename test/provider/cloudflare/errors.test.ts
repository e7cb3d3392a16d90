import { expect } from "chai";
import { CloudflareError } from "../../../provider/cloudflare/errors";

const failure = { doing: "read the thing", call: "GET /things/one", outcome: "answered 404 Not Found" };

describe("CloudflareError", () => {
  it("is one line where nothing more is known", () => {
    const error = new CloudflareError(failure);
    expect(error.message).to.equal("Could not read the thing: GET /things/one answered 404 Not Found.");
    expect(error.status).to.equal(undefined);
    expect(error.codes).to.deep.equal([]);
    expect(error.isGone).to.equal(false);
  });

  it("takes better advice and keeps everything else", () => {
    const error = new CloudflareError({
      ...failure,
      status: 404,
      messages: [{ code: 404, message: "Not found" }],
      ray: "a-ray",
      hint: "look elsewhere.",
    });
    const better = error.withHint("look here.");
    expect(better).to.be.instanceOf(CloudflareError);
    expect(better.message).to.equal(error.message.replace("look elsewhere.", "look here."));
    expect(better.isGone).to.equal(true);
    expect(better.codes).to.deep.equal([404]);
  });
});
