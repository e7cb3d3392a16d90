import { expect } from "chai";
import { CloudflareError, type ErrorDetails } from "../../../provider/cloudflare/errors";

const details: ErrorDetails = {
  kind: "rejected",
  operation: "read the thing",
  permission: '"Things Read"',
  request: "GET /things/one",
  outcome: "answered 404 Not Found",
};

describe("CloudflareError", () => {
  it("has a one-line message when nothing more is known", () => {
    const error = new CloudflareError(details);
    expect(error.message).to.equal("Could not read the thing: GET /things/one answered 404 Not Found.");
    expect(error.status).to.equal(undefined);
    expect(error.codes).to.deep.equal([]);
    expect(error.isNotFound).to.equal(false);
  });

  it("keeps everything except the advice in withAdvice", () => {
    const error = new CloudflareError(
      { ...details, status: 404, messages: [{ code: 404, message: "Not found" }], cfRay: "a-ray" },
      "look elsewhere.",
    );
    const better = error.withAdvice("look here.");
    expect(better).to.be.instanceOf(CloudflareError);
    expect(better.message).to.equal(error.message.replace("look elsewhere.", "look here."));
    expect(better.isNotFound).to.equal(true);
    expect(better.codes).to.deep.equal([404]);
  });
});
