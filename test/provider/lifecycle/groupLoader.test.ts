import { expect } from "chai";
import { fakeClock, recordWaits } from "../cloudflare/fakeClock";
import { accountId, catchError, closeAccounts, recordRequests, runParallel, simulateAccount } from "./online";

type Scene = Awaited<ReturnType<typeof simulateAccount>>;

/** The page size of both lists. */
const pageSize = 50;
const limits = { default: 20, min: 1, max: pageSize };
const pageSizes = { userGroups: limits, deploymentGroups: limits };

const version_config = [{ target_environment: "windows", version: "2026.6.234.0" }];

const another = { accountId, name: "another" };

const kinds = [
  {
    noun: "UserGroup",
    path: "/iam/user_groups",
    of: ({ account, userGroup }: Scene) => ({
      add: (name: string) => account.addUserGroup({ name }).id,
      remove: (id: string) => account.deleteUserGroup(id),
      read: (id: string, stored: { name?: string }) => userGroup.read(id, { accountId, ...stored }),
      create: async () => (await userGroup.create({ ...another, policies: [] })).id,
      update: async (id: string) => {
        const olds = { ...another, policies: [], createdOn: "", modifiedOn: "" };
        await userGroup.update(id, olds, { accountId, name: "renamed", policies: [] });
      },
      delete: (id: string) => userGroup.delete(id, { ...another, policies: [], createdOn: "", modifiedOn: "" }),
    }),
  },
  {
    noun: "DeploymentGroup",
    path: "/devices/deployment-groups",
    of: ({ account, deploymentGroup }: Scene) => {
      const versionConfigs = [{ targetEnvironment: "windows", version: "2026.6.234.0" }];
      const inputs = { ...another, versionConfigs, policyIds: [] };
      const outputs = { ...inputs, createdAt: "", updatedAt: "" };
      return {
        add: (name: string) => account.addDeploymentGroup({ name, version_config }).id,
        remove: (id: string) => account.deleteDeploymentGroup(id),
        read: (id: string, stored: { name?: string }) => deploymentGroup.read(id, { accountId, ...stored }),
        create: async () => (await deploymentGroup.create(inputs)).id,
        update: async (id: string) => {
          await deploymentGroup.update(id, outputs, { ...inputs, name: "renamed" });
        },
        delete: (id: string) => deploymentGroup.delete(id, outputs),
      };
    },
  },
];

for (const { noun, path, of } of kinds)
  describe(`Reads of many ${noun}s`, () => {
    afterEach(closeAccounts);

    const one = (id: string) => `GET ${path}/${id}`;
    const page = `GET ${path}`;

    async function withGroups(count: number) {
      const scene = await simulateAccount({ pageSizes, pageSizeOutOfRange: "clamped" });
      const groups = of(scene);
      const ids = Array.from({ length: count }, (_, index) => groups.add(`group ${index}`));
      const read = async (id: string) => (await groups.read(id, { name: "stored" })).id;
      return { simulator: scene.simulator, groups, ids, read };
    }

    it("use single requests for a few groups", async () => {
      const { simulator, ids, read } = await withGroups(3);
      const { calls } = await recordRequests(simulator, () => runParallel(ids, 8, read));
      expect(calls).to.have.members(ids.map(one));
    });

    for (const atOnce of [4, 8, 64])
      it(`use only the pages of one list for many groups, ${atOnce} at a time`, async () => {
        const { simulator, ids, read } = await withGroups(6 * pageSize);
        const { calls } = await recordRequests(simulator, () => runParallel(ids, atOnce, read));
        expect(calls).to.deep.equal(Array.from({ length: 6 }, () => page));
      });

    it("return the values of each group", async () => {
      const { groups, ids } = await withGroups(4);
      const results = await Promise.all(ids.map((id) => groups.read(id, {})));
      expect(results.map(({ id, props }) => [id, props.name])).to.deep.equal(
        ids.map((id, index) => [id, `group ${index}`]),
      );
    });

    it("use the list after three single requests when they run in sequence", async () => {
      const { simulator, ids, read } = await withGroups(2 * pageSize);
      const { calls } = await recordRequests(simulator, () => runParallel(ids, 1, read));
      expect(calls).to.deep.equal([...ids.slice(0, 3).map(one), page, page]);
    });

    it("read at most one page of a large account for a few groups", async () => {
      const { simulator, ids, read } = await withGroups(5_000);
      const { calls } = await recordRequests(simulator, () => runParallel(ids.slice(0, 5), 8, read));
      expect(calls).to.have.members([page, ...ids.slice(0, 5).map(one)]);
    });

    it("switch to the list of a large account when they outnumber its pages", async () => {
      const { simulator, ids, read } = await withGroups(20 * pageSize);
      const { calls } = await recordRequests(simulator, () => runParallel(ids, 8, read));
      expect(calls.filter((call) => call === page)).to.have.length(21);
      expect(calls.length).to.be.at.most(21 + 10 + 8);
    });

    it("request a group by its id when the list does not contain it", async () => {
      const { simulator, groups, ids, read } = await withGroups(6);
      const [deleted = "", ...others] = ids;
      groups.remove(deleted);
      const { result, calls } = await recordRequests(simulator, () => Promise.all(ids.map(read)));
      expect(result).to.deep.equal(["", ...others]);
      expect(calls).to.have.members([page, one(deleted)]);
      expect((await catchError(groups.read(deleted, {}))).message).to.include("it does not exist in the account");
    });

    it("fall back to single requests when the list fails", async () => {
      const { simulator, ids, read } = await withGroups(12);
      simulator.faults.add({ path: /(user_groups|deployment-groups)$/, times: 99, fault: { status: 403 } });
      const { result, calls } = await recordRequests(simulator, async () => {
        await runParallel(ids, 6, read);
        return Promise.all(ids.map(read));
      });
      expect(result).to.deep.equal(ids);
      expect(calls.filter((call) => call === page)).to.have.length(1);
    });

    it("never use a list from before one of the program's own writes", async () => {
      const { simulator, groups, ids, read } = await withGroups(8);
      const [first = "", second = "", last = ""] = ids;
      for (const write of [() => groups.create(), () => groups.update(first), () => groups.delete(second)]) {
        await Promise.all(ids.map(read));
        await write();
        const { calls } = await recordRequests(simulator, () => read(last));
        expect(calls).to.deep.equal([one(last)]);
      }
    });

    it("never use a list that was read during a write", async () => {
      const { simulator, groups, ids, read } = await withGroups(8);
      simulator.faults.add({ method: noun === "UserGroup" ? "PUT" : "PATCH", fault: { delayMs: 200 } });
      const writing = groups.update(ids[0] ?? "");
      await Promise.all(ids.map(read));
      await writing;
      const { result } = await recordRequests(simulator, () => groups.read(ids[0] ?? "", {}));
      expect(result.props.name).to.equal("renamed");
    });

    it("use a list for up to one minute", async () => {
      const { simulator, ids, read } = await withGroups(8);
      const [first = ""] = ids;
      await Promise.all(ids.map(read));
      expect((await recordRequests(simulator, () => read(first))).calls).to.deep.equal([]);
      await recordWaits(() => fakeClock.sleep(60_000));
      expect((await recordRequests(simulator, () => read(first))).calls).to.deep.equal([one(first)]);
      expect((await recordRequests(simulator, () => Promise.all(ids.map(read)))).calls).to.deep.equal([page]);
    });
  });
