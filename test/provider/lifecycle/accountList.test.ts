import { expect } from "chai";
import { AccountList } from "../../../provider/lifecycle/accountList";
import { catchError } from "./online";

const hasty = { maxElapsedMs: 1_000 };

describe("AccountList", () => {
  it("reads the list again for a search without limits when one with limits has failed", async () => {
    const reads: (number | undefined)[] = [];
    const list = new AccountList<string>(async ({ maxElapsedMs }) => {
      reads.push(maxElapsedMs);
      if (maxElapsedMs !== undefined) throw new Error("gave up");
      return ["DNS Read"];
    });
    const early = list.search(() => true, hasty);
    const [error, items] = await Promise.all([catchError(early), list.search(() => true)]);
    expect(error.message).to.equal("gave up");
    expect(items).to.deep.equal(["DNS Read"]);
    expect(reads).to.deep.equal([1_000, undefined]);
  });

  it("shares one reading, and reads once more for all searches that it is not enough for", async () => {
    let reads = 0;
    const list = new AccountList<string>(async () => {
      reads += 1;
      return reads === 1 ? ["old"] : ["old", "new"];
    });
    const has = (name: string) => (items: readonly string[]) => items.includes(name);
    await Promise.all([list.search(has("old"), hasty), list.search(has("old"))]);
    expect(reads).to.equal(1);
    expect(await Promise.all([list.search(has("new")), list.search(has("new"))])).to.deep.equal([
      ["old", "new"],
      ["old", "new"],
    ]);
    expect(reads).to.equal(2);
  });
});
