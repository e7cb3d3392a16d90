import { expect } from "chai";
import { KeyedQueue } from "../../../provider/lifecycle/keyedQueue";

/** Returns work that ends when the test calls `end` or `fail`. */
function startWork(log: string[], name: string) {
  let end: () => void = () => undefined;
  let fail: (error: Error) => void = () => undefined;
  const done = new Promise<string>((resolve, reject) => {
    end = () => resolve(name);
    fail = reject;
  });
  const work = () => {
    log.push(`${name} begins`);
    return done.finally(() => log.push(`${name} ends`));
  };
  return { work, end, fail };
}

const allPromises = () => new Promise(setImmediate);

describe("KeyedQueue", () => {
  it("runs the work of one key in the order of the calls", async () => {
    const log: string[] = [];
    const queue = new KeyedQueue();
    const works = ["a", "b", "c"].map((name) => startWork(log, name));
    const results = works.map(({ work }) => queue.run("key", work));
    for (const { end } of works.toReversed()) end();
    expect(await Promise.all(results)).to.deep.equal(["a", "b", "c"]);
    expect(log).to.deep.equal(["a begins", "a ends", "b begins", "b ends", "c begins", "c ends"]);
  });

  it("runs the work of different keys in parallel", async () => {
    const log: string[] = [];
    const queue = new KeyedQueue();
    const [one, two] = [startWork(log, "one"), startWork(log, "two")];
    const results = [queue.run("1", one.work), queue.run("2", two.work)];
    await allPromises();
    expect(log).to.deep.equal(["one begins", "two begins"]);
    two.end();
    expect(await results[1]).to.equal("two");
    one.end();
    await results[0];
  });

  it("continues after failed work and returns the error only to its caller", async () => {
    const log: string[] = [];
    const queue = new KeyedQueue();
    const [first, second] = [startWork(log, "first"), startWork(log, "second")];
    const failed = queue.run("key", first.work).catch((error: Error) => error.message);
    const next = queue.run("key", second.work);
    first.fail(new Error("It went wrong."));
    second.end();
    expect(await failed).to.equal("It went wrong.");
    expect(await next).to.equal("second");
    expect(log).to.deep.equal(["first begins", "first ends", "second begins", "second ends"]);
  });

  it("continues after work that throws at once", async () => {
    const queue = new KeyedQueue();
    const failed = queue.run("key", () => {
      throw new Error("At once.");
    });
    expect(await failed.catch((error: Error) => error.message)).to.equal("At once.");
    expect(await queue.run("key", async () => "next")).to.equal("next");
  });

  it("starts work at once when all earlier work of the key has ended", async () => {
    const log: string[] = [];
    const queue = new KeyedQueue();
    await queue.run("key", async () => "earlier");
    const { work, end } = startWork(log, "later");
    const later = queue.run("key", work);
    await allPromises();
    expect(log).to.deep.equal(["later begins"]);
    end();
    await later;
  });
});
