import { expect } from "chai";
import { DEFAULTS } from "../../simulator/src";
import { ACCOUNT, GROUPS, SimulatorFixture } from "./simulatorFixture";

const { members } = DEFAULTS;
const RESOURCE_GROUPS = `${ACCOUNT}/iam/resource_groups`;

function createReader(fixture: SimulatorFixture) {
  return async (path: string) => {
    const { status, text } = await fixture.send("GET", path);
    return { status, ...JSON.parse(text) };
  };
}

describe("The simulator's page sizes from the reference pages", () => {
  const fixture = new SimulatorFixture({ pageSizes: "documented" });
  const read = createReader(fixture);

  it("apply to each list", async () => {
    const { id } = fixture.simulator.account().addUserGroup({ name: "group", members: [members.zoe] });
    const lists: [string, number, number, number][] = [
      [GROUPS, 100, 1, 500],
      [`${GROUPS}/${id}/members`, 100, 1, 500],
      [`${ACCOUNT}/iam/permission_groups`, 20, 5, 50],
      [`${ACCOUNT}/members`, 20, 5, 50],
      [`${ACCOUNT}/devices/deployment-groups`, 50, 1, 100],
    ];
    for (const [path, size, min, max] of lists) {
      expect((await read(path)).result_info.per_page, path).to.equal(size);
      for (const allowed of [min, max]) expect((await read(`${path}?per_page=${allowed}`)).status).to.equal(200);
      for (const outside of [min - 1, max + 1]) {
        const { status, errors } = await read(`${path}?per_page=${outside}`);
        const message = `Query parameter per_page must be a valid whole number from ${min} to ${max}`;
        expect([status, errors[0].message], path).to.deep.equal([400, message]);
      }
    }
  });

  it("return all resource groups at once and ignore the page", async () => {
    for (const query of ["", "?page=7&per_page=1000", "?page=x"]) {
      const { status, result, ...envelope } = await read(RESOURCE_GROUPS + query);
      expect([status, result.length], query).to.deep.equal([200, 2]);
      expect(envelope).not.to.have.property("result_info");
    }
  });
});

describe("The simulator's page sizes that are clamped", () => {
  const fixture = new SimulatorFixture({
    pageSizes: { userGroups: { default: 3, min: 2, max: 4 } },
    pageSizeOutOfRange: "clamped",
  });
  const read = createReader(fixture);

  it("use the next limit when per_page is outside", async () => {
    for (let number = 0; number < 5; number += 1) fixture.simulator.account().addUserGroup({ name: `group ${number}` });
    const readSizes = async (query: string) => {
      const { result, result_info } = await read(`${GROUPS}${query}`);
      return [result.length, result_info.per_page, result_info.total_pages];
    };
    expect(await readSizes("")).to.deep.equal([3, 3, 2]);
    expect(await readSizes("?per_page=1")).to.deep.equal([2, 2, 3]);
    expect(await readSizes("?per_page=0")).to.deep.equal([2, 2, 3]);
    expect(await readSizes("?per_page=1000")).to.deep.equal([4, 4, 2]);
    expect((await read(`${GROUPS}?per_page=many`)).status).to.equal(400);
    expect((await read(`${ACCOUNT}/members?per_page=1000`)).result_info.per_page).to.equal(50);
  });
});

describe("The simulator's unfiltered totals", () => {
  const fixture = new SimulatorFixture({ totalCount: "unfiltered" });
  const read = createReader(fixture);

  it("count the items that the filters exclude", async () => {
    const account = fixture.simulator.account();
    const { id } = account.addUserGroup({ name: "a", members: Object.values(members) });
    for (const name of ["b", "c"]) account.addUserGroup({ name });
    const lists: [string, number, number][] = [
      [`${GROUPS}?name=b`, 1, 3],
      [`${GROUPS}?name=none`, 0, 3],
      [`${GROUPS}/${id}/members?fuzzyEmail=zoe`, 1, 4],
      [`${ACCOUNT}/iam/permission_groups?name=DNS%20Read`, 1, 4],
      [`${RESOURCE_GROUPS}?name=example.com`, 1, 2],
      [`${ACCOUNT}/members?status=pending`, 1, 4],
    ];
    for (const [path, count, total_count] of lists) {
      expect((await read(path)).result_info, path).to.include({ count, total_count });
    }
  });
});

describe("The simulator's empty lists as null", () => {
  const fixture = new SimulatorFixture({ emptyLists: "null" });
  const read = createReader(fixture);

  it("apply to every list except deployment groups", async () => {
    const paths = [GROUPS, `${RESOURCE_GROUPS}?name=none`, `${ACCOUNT}/iam/permission_groups?name=none`];
    for (const path of paths) {
      expect(await read(path), path).to.deep.include({ success: true, result: null });
    }
    expect((await read(`${ACCOUNT}/devices/deployment-groups`)).result).to.deep.equal([]);
  });
});
