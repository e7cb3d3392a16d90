import http from "node:http";
import { expect } from "chai";
import type { Fault, JournalEntry } from "../../simulator/src";
import { ACCOUNT, GROUPS, Running } from "./running";

describe("The simulator's faults", () => {
  const running = new Running();
  const create = (name = "group") => running.call("POST", GROUPS, { body: { name } });
  const names = () =>
    running.simulator
      .account()
      .userGroups()
      .map(({ name }) => name);

  /** A call over bare sockets: what fetch says about a cut connection is not for tests to build on. */
  const failure = (name = "group") =>
    new Promise<{ code: string | undefined; received: string }>((resolve, reject) => {
      const headers = {
        authorization: "Bearer Sn3lZJTBX6kkg7OdcBUAxOO963GEIyGQqnFTOFYY",
        "content-type": "application/json",
      };
      let received = "";
      const fail = (error: NodeJS.ErrnoException) => resolve({ code: error.code, received });
      const request = http.request(running.simulator.url + GROUPS, { method: "POST", headers }, (response) => {
        response.setEncoding("utf8");
        response.on("data", (text: string) => {
          received += text;
        });
        response.on("error", fail);
        response.on("end", () => reject(new Error(`The answer was complete: ${received}`)));
      });
      request.on("error", fail);
      request.end(JSON.stringify({ name }));
    });

  it("answer a status with an envelope and do nothing", async () => {
    const fault: Fault = { status: 503, retryAfter: 7, code: 7001, message: "Try later" };
    running.simulator.faults.add({ fault });
    const { status, headers, errors } = await create();
    expect({ status, errors, after: headers.get("retry-after") }).to.deep.equal({
      status: 503,
      errors: [{ code: 7001, message: "Try later" }],
      after: "7",
    });
    expect(names()).to.deep.equal([]);
    expect((await create()).status).to.equal(200);
  });

  it("give Retry-After as the date that they were given", async () => {
    const date = "Wed, 21 Oct 2026 07:28:00 GMT";
    running.simulator.faults.add({ fault: { status: 429, retryAfter: date } });
    const { status, headers } = await create();
    expect([status, headers.get("retry-after")]).to.deep.equal([429, date]);
  });

  it("answer a status though the work is done", async () => {
    running.simulator.faults.add({ fault: { status: 502, after: true, retryAfter: 1 } });
    const { status, headers, errors } = await create();
    expect([status, headers.get("retry-after"), errors[0]?.code]).to.deep.equal([502, "1", 10000]);
    expect(names()).to.deep.equal(["group"]);
  });

  it("answer an HTML page with any status, and do nothing", async () => {
    for (const html of [200, 502]) {
      running.simulator.faults.add({ fault: { html } });
      const { status, headers, text } = await create();
      expect([status, headers.get("content-type")]).to.deep.equal([html, "text/html; charset=utf-8"]);
      expect(text).to.match(/^<!DOCTYPE html>/);
    }
    expect(names()).to.deep.equal([]);
  });

  it("send half of the JSON as a complete answer", async () => {
    running.simulator.faults.add({ fault: { truncate: "json" } });
    const { status, headers, text } = await create();
    expect([status, headers.get("content-length")]).to.deep.equal([200, String(text.length)]);
    expect(text).to.match(/^\{"success":true/);
    expect(() => JSON.parse(text)).to.throw(SyntaxError);
    expect(names()).to.deep.equal(["group"]);
  });

  it("cut the connection in the middle of the answer", async () => {
    running.simulator.faults.add({ fault: { truncate: "connection" } });
    const { code, received } = await failure();
    expect(code).to.equal("ECONNRESET");
    expect(received).to.match(/^\{"success":true/);
    expect(names()).to.deep.equal(["group"]);
  });

  it("reset the connection before the work is done", async () => {
    running.simulator.faults.add({ fault: { reset: "before" } });
    expect(await failure()).to.deep.equal({ code: "ECONNRESET", received: "" });
    expect(names()).to.deep.equal([]);
  });

  it("reset the connection after the work is done", async () => {
    running.simulator.faults.add({ fault: { reset: "after" } });
    expect(await failure()).to.deep.equal({ code: "ECONNRESET", received: "" });
    expect(names()).to.deep.equal(["group"]);
  });

  it("delay the work by real time", async () => {
    running.simulator.faults.add({ fault: { delayMs: 60 } });
    const start = performance.now();
    expect((await create()).status).to.equal(200);
    expect(performance.now() - start).to.be.at.least(55);
  });

  it("are met by as many requests as they say, and by those that they match", async () => {
    const { faults } = running.simulator;
    faults.add({ method: "POST", path: "/user_groups", times: 2, fault: { status: 500 } });
    faults.add({ path: /permission_groups$/, fault: { status: 501 } });
    expect((await running.call("GET", GROUPS)).status).to.equal(200);
    expect((await create()).status).to.equal(500);
    expect(faults.pending().map(({ times }) => times)).to.deep.equal([1, 1]);
    expect((await create()).status).to.equal(500);
    expect((await create()).status).to.equal(200);
    expect((await running.call("GET", `${ACCOUNT}/iam/permission_groups`)).status).to.equal(501);
    expect(faults.pending()).to.deep.equal([]);
  });

  it("pass the requests by that they are told to skip", async () => {
    running.simulator.faults.add({ skip: 1, fault: { status: 500 } });
    expect([(await create("a")).status, (await create("b")).status]).to.deep.equal([200, 500]);
  });

  it("meet requests in the order in which they were added", async () => {
    running.simulator.faults.add({ fault: { status: 500 } });
    running.simulator.faults.add({ fault: { status: 503 } });
    expect([(await create()).status, (await create()).status]).to.deep.equal([500, 503]);
  });

  it("show in the journal, with no status where there was no answer", async () => {
    const faults: Fault[] = [{ reset: "before" }, { reset: "after" }];
    for (const fault of faults) {
      running.simulator.faults.add({ fault });
      await failure();
    }
    running.simulator.faults.add({ fault: { status: 500 } });
    await create();
    expect(
      running.simulator.journal.requests.map(({ status, fault, body }) => ({ status, fault, body })),
    ).to.deep.equal([
      { status: null, fault: faults[0], body: { name: "group" } },
      { status: null, fault: faults[1], body: { name: "group" } },
      { status: 500, fault: { status: 500 }, body: { name: "group" } },
    ]);
  });
});

describe("The simulator's chaos", () => {
  const chaos = ({ method, body }: Readonly<JournalEntry>): Fault | undefined =>
    method === "POST" && JSON.stringify(body).includes("cursed") ? { status: 521 } : undefined;
  const running = new Running({ faultFor: chaos });
  const create = async (name: string) => (await running.call("POST", GROUPS, { body: { name } })).status;

  it("decides for each request whether and how it fails, and the journal tells", async () => {
    expect([await create("cursed"), await create("blessed"), await create("cursed")]).to.deep.equal([521, 200, 521]);
    const { requests } = running.simulator.journal;
    expect(requests.map(({ fault }) => fault)).to.deep.equal([{ status: 521 }, undefined, { status: 521 }]);
  });

  it("leaves a request alone that meets a fault of the queue", async () => {
    running.simulator.faults.add({ fault: { status: 503 } });
    expect([await create("cursed"), await create("cursed")]).to.deep.equal([503, 521]);
  });
});
