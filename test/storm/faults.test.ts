import { expect } from "chai";
import type { Fault, JournalEntry } from "../../simulator/src";
import { Dice } from "./dice";
import { Faults, type Weather } from "./faults";

function request(path: string, method = "GET"): JournalEntry {
  return { method, path, query: {}, status: null, at: "2026-01-01T00:00:00Z" };
}

const paths = Array.from({ length: 2_000 }, (_, index) => `/group-${index}`);

function begin(seed: number, weather: Weather = { rate: 0.2 }): Faults {
  const faults = new Faults((path) => path);
  faults.begin(new Dice(seed), weather);
  return faults;
}

function faultsOf(seed: number, order: readonly string[]): Map<string, Fault | undefined> {
  const faults = begin(seed);
  return new Map(order.map((path) => [path, faults.faultOf(request(path))]));
}

describe("The faults of a storm", () => {
  it("are the same for the same seed, in whatever order the requests arrive", () => {
    const [there, back] = [faultsOf(3, paths), faultsOf(3, paths.toReversed())];
    expect(paths.map((path) => there.get(path))).to.deep.equal(paths.map((path) => back.get(path)));
    expect([...there]).to.not.deep.equal([...faultsOf(4, paths)]);
  });

  it("have the rate of the weather, in every form", () => {
    const drawn = [...faultsOf(3, paths).values()].filter((fault) => fault !== undefined);
    expect(drawn.length / paths.length).to.be.within(0.17, 0.23);
    const forms = new Set(drawn.map((fault) => Object.keys(fault).sort().join()));
    expect([...forms]).to.include.members(["after,status", "delayMs", "html", "reset", "status", "truncate"]);
  });

  it("change when a request is repeated, so that repeating helps", () => {
    const faults = begin(3);
    const isWell = paths.map(() => faults.faultOf(request("/group")) === undefined);
    expect(isWell).to.include(true).and.to.include(false);
  });

  it("are over when the command has ended", () => {
    const faults = begin(3);
    faults.end();
    expect(paths.filter((path) => faults.faultOf(request(path)))).to.deep.equal([]);
  });

  it("lose the response of the first write of an outage, and reject all that follow", () => {
    const faults = begin(3, { rate: 0, outageAt: 2 });
    const drawn = paths.slice(0, 4).map((path) => faults.faultOf(request(path, "PUT")));
    const rejected = { status: 403, message: "the storm's outage" };
    expect(drawn).to.deep.equal([undefined, { status: 502, after: true }, rejected, rejected]);
  });

  it("kill the engine once, at the request of the plan", () => {
    const faults = new Faults((path) => path);
    let kills = 0;
    faults.begin(new Dice(3), { rate: 0, kill: { at: 3, signal: "SIGKILL" } }, () => {
      kills += 1;
    });
    const counts = paths.slice(0, 5).map((path) => {
      faults.faultOf(request(path));
      return kills;
    });
    expect(counts).to.deep.equal([0, 0, 1, 1, 1]);
  });
});
