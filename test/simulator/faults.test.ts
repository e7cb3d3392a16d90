import http from "node:http";
import { expect } from "chai";
import type { Fault, JournalEntry } from "../../simulator/src";
import { ACCOUNT, GROUPS, SimulatorFixture } from "./simulatorFixture";

describe("A simulator with a fault", () => {
  const fixture = new SimulatorFixture();
  const create = (name = "group") => fixture.send("POST", GROUPS, { body: { name } });
  const listNames = () =>
    fixture.simulator
      .account()
      .userGroups()
      .map(({ name }) => name);

  /** Sends a request that must fail. It uses `http` because fetch does not document its errors for closed connections. */
  const failToCreate = (name = "group") =>
    new Promise<{ code: string | undefined; received: string }>((resolve, reject) => {
      const headers = {
        authorization: "Bearer Sn3lZJTBX6kkg7OdcBUAxOO963GEIyGQqnFTOFYY",
        "content-type": "application/json",
      };
      let received = "";
      const resolveWithError = (error: NodeJS.ErrnoException) => resolve({ code: error.code, received });
      const request = http.request(fixture.simulator.url + GROUPS, { method: "POST", headers }, (response) => {
        response.setEncoding("utf8");
        response.on("data", (text: string) => {
          received += text;
        });
        response.on("error", resolveWithError);
        response.on("end", () => reject(new Error(`The response was complete: ${received}`)));
      });
      request.on("error", resolveWithError);
      request.end(JSON.stringify({ name }));
    });

  it("sends a status with an error envelope and changes nothing", async () => {
    const fault: Fault = { status: 503, retryAfter: 7, code: 7001, message: "Try later" };
    fixture.simulator.faults.add({ fault });
    const { status, headers, errors } = await create();
    expect({ status, errors, after: headers.get("retry-after") }).to.deep.equal({
      status: 503,
      errors: [{ code: 7001, message: "Try later" }],
      after: "7",
    });
    expect(listNames()).to.deep.equal([]);
    expect((await create()).status).to.equal(200);
  });

  it("sends a whole list of errors when the fault has one", async () => {
    const chain = [{ code: 6111, message: "Invalid format for Authorization header" }];
    const errors = [
      {
        code: 6003,
        message: "Invalid request headers",
        documentation_url: "https://developers.cloudflare.com/",
        error_chain: chain,
      },
    ];
    fixture.simulator.faults.add({ fault: { status: 400, errors } });
    fixture.simulator.faults.add({ fault: { status: 500, errors: [] } });
    const first = await create();
    expect([first.status, first.errors]).to.deep.equal([400, errors]);
    expect(JSON.parse((await create()).text)).to.deep.include({ success: false, errors: [] });
  });

  it("sends any JSON, before or after carrying out the request", async () => {
    const json = { success: false, errors: null, messages: null, extra: 1 };
    fixture.simulator.faults.add({ fault: { json } });
    fixture.simulator.faults.add({ fault: { json, status: 503, after: true } });
    const [first, second] = [await create("first"), await create("second")];
    for (const { headers, text } of [first, second]) {
      expect(headers.get("content-type")).to.equal("application/json; charset=utf-8");
      expect(JSON.parse(text)).to.deep.equal(json);
    }
    expect([first.status, second.status]).to.deep.equal([200, 503]);
    expect(listNames()).to.deep.equal(["second"]);
  });

  it("sends Retry-After as a date when the fault has one", async () => {
    const date = "Wed, 21 Oct 2026 07:28:00 GMT";
    fixture.simulator.faults.add({ fault: { status: 429, retryAfter: date } });
    const { status, headers } = await create();
    expect([status, headers.get("retry-after")]).to.deep.equal([429, date]);
  });

  it("sends an error after carrying out the request", async () => {
    fixture.simulator.faults.add({ fault: { status: 502, after: true, retryAfter: 1 } });
    const { status, headers, errors } = await create();
    expect([status, headers.get("retry-after"), errors[0]?.code]).to.deep.equal([502, "1", 10000]);
    expect(listNames()).to.deep.equal(["group"]);
  });

  it("sends an HTML page with any status and changes nothing", async () => {
    for (const html of [200, 502]) {
      fixture.simulator.faults.add({ fault: { html } });
      const { status, headers, text } = await create();
      expect([status, headers.get("content-type")]).to.deep.equal([html, "text/html; charset=utf-8"]);
      expect(text).to.match(/^<!DOCTYPE html>/);
    }
    expect(listNames()).to.deep.equal([]);
  });

  it("sends half of the JSON as a complete response", async () => {
    fixture.simulator.faults.add({ fault: { truncate: "json" } });
    const { status, headers, text } = await create();
    expect([status, headers.get("content-length")]).to.deep.equal([200, String(text.length)]);
    expect(text).to.match(/^\{"success":true/);
    expect(() => JSON.parse(text)).to.throw(SyntaxError);
    expect(listNames()).to.deep.equal(["group"]);
  });

  it("closes the connection in the middle of the response", async () => {
    fixture.simulator.faults.add({ fault: { truncate: "connection" } });
    const { code, received } = await failToCreate();
    expect(code).to.equal("ECONNRESET");
    expect(received).to.match(/^\{"success":true/);
    expect(listNames()).to.deep.equal(["group"]);
  });

  it("resets the connection before carrying out the request", async () => {
    fixture.simulator.faults.add({ fault: { reset: "before" } });
    expect(await failToCreate()).to.deep.equal({ code: "ECONNRESET", received: "" });
    expect(listNames()).to.deep.equal([]);
  });

  it("resets the connection after carrying out the request", async () => {
    fixture.simulator.faults.add({ fault: { reset: "after" } });
    expect(await failToCreate()).to.deep.equal({ code: "ECONNRESET", received: "" });
    expect(listNames()).to.deep.equal(["group"]);
  });

  it("delays the request by real time", async () => {
    fixture.simulator.faults.add({ fault: { delayMs: 60 } });
    const start = performance.now();
    expect((await create()).status).to.equal(200);
    expect(performance.now() - start).to.be.at.least(55);
  });

  it("applies it to the given number of matching requests", async () => {
    const { faults } = fixture.simulator;
    faults.add({ method: "POST", path: "/user_groups", times: 2, fault: { status: 500 } });
    faults.add({ path: /permission_groups$/, fault: { status: 501 } });
    expect((await fixture.send("GET", GROUPS)).status).to.equal(200);
    expect((await create()).status).to.equal(500);
    expect(faults.pending().map(({ times }) => times)).to.deep.equal([1, 1]);
    expect((await create()).status).to.equal(500);
    expect((await create()).status).to.equal(200);
    expect((await fixture.send("GET", `${ACCOUNT}/iam/permission_groups`)).status).to.equal(501);
    expect(faults.pending()).to.deep.equal([]);
  });

  it("skips the given number of requests before it", async () => {
    fixture.simulator.faults.add({ skip: 1, fault: { status: 500 } });
    expect([(await create("a")).status, (await create("b")).status]).to.deep.equal([200, 500]);
  });

  it("applies several faults in the order in which they were added", async () => {
    fixture.simulator.faults.add({ fault: { status: 500 } });
    fixture.simulator.faults.add({ fault: { status: 503 } });
    expect([(await create()).status, (await create()).status]).to.deep.equal([500, 503]);
  });

  it("records it in the journal, without a status after a reset", async () => {
    const faults: Fault[] = [{ reset: "before" }, { reset: "after" }];
    for (const fault of faults) {
      fixture.simulator.faults.add({ fault });
      await failToCreate();
    }
    fixture.simulator.faults.add({ fault: { status: 500 } });
    await create();
    expect(
      fixture.simulator.journal.requests.map(({ status, fault, body }) => ({ status, fault, body })),
    ).to.deep.equal([
      { status: null, fault: faults[0], body: { name: "group" } },
      { status: null, fault: faults[1], body: { name: "group" } },
      { status: 500, fault: { status: 500 }, body: { name: "group" } },
    ]);
  });
});

describe("The simulator's faultFor option", () => {
  const faultFor = ({ method, body }: Readonly<JournalEntry>): Fault | undefined =>
    method === "POST" && JSON.stringify(body).includes("failing") ? { status: 521 } : undefined;
  const fixture = new SimulatorFixture({ faultFor });
  const create = async (name: string) => (await fixture.send("POST", GROUPS, { body: { name } })).status;

  it("decides for each request whether it fails", async () => {
    expect([await create("failing"), await create("working"), await create("failing")]).to.deep.equal([521, 200, 521]);
    const { requests } = fixture.simulator.journal;
    expect(requests.map(({ fault }) => fault)).to.deep.equal([{ status: 521 }, undefined, { status: 521 }]);
  });

  it("is not called when a queued fault matches the request", async () => {
    fixture.simulator.faults.add({ fault: { status: 503 } });
    expect([await create("failing"), await create("failing")]).to.deep.equal([503, 521]);
  });
});
