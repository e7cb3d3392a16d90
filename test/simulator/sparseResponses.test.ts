import { expect } from "chai";
import { DEFAULTS, startSimulator } from "../../simulator/src";
import { ACCOUNT, GROUPS, SimulatorFixture } from "./simulatorFixture";

const { members, permissionGroups, resourceGroups } = DEFAULTS;
const groupId = "1".repeat(32);
const group = {
  id: groupId,
  name: "group",
  policies: [
    {
      id: "2".repeat(32),
      access: "allow" as const,
      permission_groups: Object.values(permissionGroups).map((id) => ({ id })),
      resource_groups: Object.values(resourceGroups).map((id) => ({ id })),
    },
  ],
  members: Object.values(members),
};
const paths = [
  GROUPS,
  `${GROUPS}/${groupId}`,
  `${GROUPS}/${groupId}/members`,
  `${ACCOUNT}/members`,
  `${ACCOUNT}/iam/permission_groups`,
  `${ACCOUNT}/iam/resource_groups`,
  `${ACCOUNT}/devices/deployment-groups`,
];

/** Reads every path several times and returns the parsed envelopes. */
async function readAll(fixture: SimulatorFixture): Promise<{ path: string; envelope: Record<string, unknown> }[]> {
  fixture.simulator.account().addUserGroup(group);
  const responses = [];
  for (let round = 0; round < 4; round += 1) {
    for (const path of paths) {
      const { status, text } = await fixture.send("GET", path);
      expect(status).to.equal(200);
      responses.push({ path, envelope: JSON.parse(text) });
    }
  }
  return responses;
}

/** Returns the places of the omitted fields. Fails if another field differs. */
function listOmitted(sparse: unknown, complete: unknown, place: string): string[] {
  if (typeof complete !== "object" || complete === null || typeof sparse !== "object" || sparse === null) {
    expect(sparse, place).to.equal(complete);
    return [];
  }
  return Object.entries(complete).flatMap(([name, field]) => {
    const fieldPlace = Array.isArray(complete) ? place : `${place}/${name}`;
    return name in sparse ? listOmitted(Reflect.get(sparse, name), field, fieldPlace) : [fieldPlace];
  });
}

describe("The simulator's sparse responses", () => {
  const fixture = new SimulatorFixture({ sparse: 7, clock: "manual" });
  const complete = new SimulatorFixture({ clock: "manual" });

  it("omit optional fields and keep everything else", async () => {
    const [sparseResponses, responses] = [await readAll(fixture), await readAll(complete)];
    const omitted = sparseResponses.flatMap(({ path, envelope }, index) =>
      listOmitted(
        envelope,
        responses[index]?.envelope,
        path.replace(GROUPS, "").replace(ACCOUNT, "").replace(groupId, "{id}"),
      ),
    );
    expect([...new Set(omitted)].sort()).to.deep.equal([
      "/iam/permission_groups/result/meta",
      "/iam/permission_groups/result/name",
      "/iam/permission_groups/result_info",
      "/iam/resource_groups/result/meta",
      "/iam/resource_groups/result/name",
      "/iam/resource_groups/result_info",
      "/members/result/email",
      "/members/result/roles",
      "/members/result/status",
      "/members/result/user/first_name",
      "/members/result/user/last_name",
      "/members/result_info",
      "/result/policies/permission_groups/meta",
      "/result/policies/permission_groups/name",
      "/result/policies/resource_groups/name",
      "/result_info",
      "/{id}/members/result/email",
      "/{id}/members/result/status",
      "/{id}/members/result_info",
      "/{id}/result/policies/id",
      "/{id}/result/policies/permission_groups/meta",
      "/{id}/result/policies/permission_groups/name",
      "/{id}/result/policies/resource_groups/name",
    ]);
  });

  it("keep the pages of deployment groups complete", async () => {
    fixture.simulator
      .account()
      .addDeploymentGroup({ name: "ring", version_config: [{ target_environment: "windows", version: "1" }] });
    for (let round = 0; round < 8; round += 1) {
      const { text } = await fixture.send("GET", `${ACCOUNT}/devices/deployment-groups`);
      expect(JSON.parse(text)).to.have.all.keys("success", "errors", "messages", "result", "result_info");
    }
  });

  it("are the same again after a reset, and differ between requests", async () => {
    const readFields = async () =>
      (await readAll(fixture)).map((response) => JSON.stringify(response).replaceAll(/"[^"]*T[^"]*Z"/g, '"time"'));
    const first = await readFields();
    fixture.simulator.reset();
    expect(await readFields()).to.deep.equal(first);
    expect(new Set(first).size).to.be.above(paths.length);
  });

  it("differ when the seed of the choice differs", async () => {
    const read = async (sparse: number | true) => {
      const simulator = await startSimulator({ sparse });
      try {
        const headers = { authorization: `Bearer ${DEFAULTS.apiToken}` };
        return await (await fetch(`${simulator.url}${ACCOUNT}/iam/permission_groups`, { headers })).text();
      } finally {
        await simulator.close();
      }
    };
    const [one, same, other] = [await read(true), await read(1), await read(2)];
    expect(same).to.equal(one);
    expect(other).not.to.equal(one);
  });
});
