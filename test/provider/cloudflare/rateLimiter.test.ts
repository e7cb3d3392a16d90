import { expect } from "chai";
import { z } from "zod";
import { DEFAULTS, type Simulator, startSimulator } from "../../../simulator/src";
import { createCaller } from "./scriptedClient";
import { createSimulatedClock } from "./simulatedClock";

const { accountId, apiToken } = DEFAULTS;

const listRequest = {
  operation: "list the user groups",
  method: "GET" as const,
  path: ["accounts", accountId, "iam", "user_groups"],
  result: z.unknown(),
  permission: "any",
};

/** Sends requests on the simulator's clock. */
class Caller {
  readonly waits: number[];
  readonly #client: ReturnType<typeof createCaller>;

  constructor(simulator: Simulator) {
    const clock = createSimulatedClock(simulator);
    this.waits = clock.waits;
    this.#client = createCaller({ baseUrl: simulator.url, credential: { apiToken } }, clock);
  }

  async call(): Promise<void> {
    await this.#client.request(listRequest);
  }
}

describe("CloudflareClient at the rate limit", () => {
  let simulator: Simulator;
  let warnings: string[];
  const { warn } = console;

  beforeEach(async () => {
    simulator = await startSimulator({ clock: "manual" });
    warnings = [];
    console.warn = (line: string) => warnings.push(line);
  });
  afterEach(async () => {
    console.warn = warn;
    await simulator.close();
  });

  it("sends 1,300 requests in parallel without a 429 and warns once", async () => {
    const caller = new Caller(simulator);
    let remaining = 1300;
    const worker = async () => {
      while (remaining-- > 0) await caller.call();
    };
    await Promise.all(Array.from({ length: 64 }, worker));
    expect(simulator.journal.requests.filter(({ status }) => status !== 200)).to.deep.equal([]);
    expect(simulator.journal.count()).to.equal(1300);
    expect(warnings).to.have.length(1);
    expect(warnings[0]).to.include("rate limit is reached: continuing at 2026-01-01T00:05:00Z");
  });

  it("waits five minutes after a 429 and warns once with the time", async () => {
    simulator.faults.add({ times: 4, fault: { status: 429, retryAfter: 300 } });
    const caller = new Caller(simulator);
    await Promise.all([caller.call(), caller.call(), caller.call(), caller.call()]);
    expect(Math.max(...caller.waits)).to.equal(300_000);
    expect(warnings).to.deep.equal([
      "Cloudflare's rate limit is reached: continuing at 2026-01-01T00:05:00Z. Nothing is lost; Ctrl-C ends the wait.",
    ]);
  });

  it("waits one second when Retry-After is one second", async () => {
    const caller = new Caller(simulator);
    await caller.call();
    simulator.faults.add({ fault: { status: 429, retryAfter: 1 } });
    await caller.call();
    expect(caller.waits).to.deep.equal([1_000]);
    expect(warnings, "not worth a line").to.deep.equal([]);
  });

  it("fails after 15 minutes of 429 and reports the total wait", async () => {
    simulator.faults.add({ times: 99, fault: { status: 429, retryAfter: 290 } });
    const error: unknown = await new Caller(simulator).call().catch((error) => error);
    expect(String(error))
      .to.match(/tried 4 times in 870 s/)
      .and.to.include("rate limit");
  });
});
