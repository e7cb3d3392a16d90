import type { dynamic } from "@pulumi/pulumi";
import type { WireMember } from "../cloudflare/wire";
import type { Configuration } from "../config";
import type { Connection } from "../connection";
import type { UserGroupMembersMember } from "../userGroupMembers";
import { type Importable, mustMatch, unlessImported } from "./adoption";
import { accountIdSchema, checkInputs, type InputRules, idSchema, objectOf, type UncheckedInputs } from "./inputs";
import { type IdentifiedMember, keyOf, type MemberName, memberNamesSchema, withIdsOf } from "./memberNames";
import type { Group } from "./membershipOwners";
import { Memberships } from "./memberships";
import { absent, ifPresent } from "./presence";
import { asIs, asSet, changedProperties, containsUnknown, diffResult, inOrderOf, sameSet } from "./sets";

type Properties<Member extends MemberName> = {
  accountId: string;
  userGroupId: string;
  members: readonly Member[];
};

type Inputs = Importable & Properties<MemberName>;
type Outputs = Properties<UserGroupMembersMember>;

const rules: InputRules<Properties<MemberName>> = {
  inputs: objectOf({ accountId: accountIdSchema, userGroupId: idSchema, members: memberNamesSchema }),
  optionalLists: [],
  forms: { accountId: asIs, userGroupId: asIs, members: asSet(keyOf) },
};

/** The lifecycle of `UserGroupMembers`, in the engine's order. */
export class UserGroupMembersLifecycle implements dynamic.ResourceProvider<Inputs, Outputs> {
  /** @param memberships What it shares with `UserGroupMember`; who only reads needs none. */
  constructor(
    private readonly connection: Connection,
    private readonly memberships = new Memberships(connection),
  ) {}

  async configure({ config }: { config: Configuration }): Promise<void> {
    this.connection.configure(config);
  }

  async check(olds: UncheckedInputs, news: UncheckedInputs): Promise<dynamic.CheckResult> {
    const { inputs, failures = [] } = checkInputs(olds, news, this.connection, rules);
    if (failures.length > 0) return { inputs, failures };
    const { owners } = this.memberships;
    owners.enterSet(inputs);
    if (owners.hasSingles(inputs))
      failures.push({
        property: "userGroupId",
        reason:
          "is the group of a UserGroupMember too, and two owners undo each other: list that person in `members`, or use " +
          "only UserGroupMember for this group",
      });
    return { inputs, failures };
  }

  async diff(_id: string, olds: Outputs, news: Inputs): Promise<dynamic.DiffResult> {
    // A preview makes no call: whose e-mail address is whose, the outputs tell.
    const members = containsUnknown(news.members) ? news.members : withIdsOf(olds.members, news.members);
    const changed = changedProperties(rules.forms, olds, { ...news, members });
    return unlessImported(news, diffResult(changed, ["accountId", "userGroupId"]));
  }

  async create(inputs: Inputs): Promise<dynamic.CreateResult<Outputs>> {
    if (inputs.importId !== undefined) return this.#existing(inputs.importId, inputs);
    const doing = `set the members of the user group ${inputs.userGroupId}`;
    const wanted = await this.#identified(inputs, doing);
    return this.memberships.inTurn(wanted, async () => {
      // Adding comes first because its answer is the whole set: who would have to go is known before anybody goes, and a
      // group without other members, the usual case, costs one call.
      const present =
        wanted.members.length > 0
          ? await this.memberships.write("POST", wanted, wanted.members, doing)
          : await this.memberships.list(wanted, doing, true);
      const strangers = present.filter(({ id }) => !wanted.members.some((member) => member.id === id));
      if (strangers.length > 0 && !this.memberships.owners.wasHandedOver(wanted))
        console.warn(
          `The user group ${inputs.userGroupId} already had members that the program does not list. Removing ` +
            `${strangers.map(({ id, email }) => email ?? id).join(", ")}.`,
        );
      const members =
        strangers.length > 0 ? await this.memberships.write("PUT", wanted, wanted.members, doing) : present;
      return { id: inputs.userGroupId, outs: await this.#confirmed(members, wanted, doing) };
    });
  }

  async read(id: string, stored: Partial<Outputs> = {}): Promise<dynamic.ReadResult> {
    const group = { accountId: this.connection.accountOf(stored), userGroupId: id };
    const what = `the members of the user group ${id}`;
    const members = await ifPresent(this.memberships.list(group, `read ${what}`));
    if (!members) return absent(stored.members !== undefined, what, group.accountId);
    return toReadResult(members, { ...group, members: stored.members ?? [] });
  }

  /** What `read` would answer for the members of a group that is known to exist. */
  async readMembersOf(userGroupId: string, accountId: string) {
    const group = { accountId, userGroupId };
    const members = await this.memberships.list(group, `list the members of the user group ${userGroupId}`);
    return toReadResult(members, { ...group, members: [] });
  }

  async update(id: string, _olds: Outputs, news: Inputs): Promise<dynamic.UpdateResult<Outputs>> {
    const doing = `set the members of the user group ${id}`;
    const wanted = await this.#identified(news, doing);
    return this.memberships.inTurn(wanted, async () => {
      const replaced = await this.memberships.write("PUT", wanted, wanted.members, doing);
      return { outs: await this.#confirmed(replaced, wanted, doing) };
    });
  }

  async delete(id: string, stored: Outputs): Promise<void> {
    const group = { accountId: this.connection.accountOf(stored), userGroupId: id };
    await this.memberships.inTurn(group, () => this.#removed(group));
  }

  async #removed(group: Group): Promise<void> {
    const { owners } = this.memberships;
    // Its replacement, or a resource that has taken its place under another name, says who is in the group.
    if (owners.hasSet(group)) return owners.handOver(group);
    const doing = `remove the members of the user group ${group.userGroupId}`;
    const present = owners.hasSingles(group) ? await ifPresent(this.memberships.list(group, doing)) : [];
    const staying = present?.filter((member) => owners.keepsSingly(group, member));
    if (staying) await ifPresent(this.memberships.write("PUT", group, staying, doing));
  }

  async #identified(inputs: Inputs, doing: string): Promise<Properties<IdentifiedMember>> {
    const { accountId, userGroupId, members } = inputs;
    const identified = await this.memberships.accountMembers.identify(members, accountId, doing);
    return { accountId, userGroupId, members: identified };
  }

  async #existing(id: string, inputs: Inputs): Promise<dynamic.CreateResult<Outputs>> {
    const what = `the members of the user group (${id})`;
    const group = { accountId: inputs.accountId, userGroupId: id };
    const present = await this.memberships.list(group, `import ${what}`);
    const members = withIdsOf(toOutputs(present, { ...group, members: [] }).members, inputs.members);
    const outs = toOutputs(present, { ...group, members });
    mustMatch(rules.forms, what, outs, { ...inputs, members });
    return { id, outs };
  }

  /** The outputs for what a write answered, once it is certain that the group holds exactly whom the program lists. */
  async #confirmed(answered: WireMember[], wanted: Properties<IdentifiedMember>, doing: string): Promise<Outputs> {
    if (sameSet<{ id: string }>(answered, wanted.members, idOf)) return toOutputs(answered, wanted);
    const listed = await this.memberships.list(wanted, doing);
    if (sameSet<{ id: string }>(listed, wanted.members, idOf)) return toOutputs(listed, wanted);
    const missing = wanted.members.filter(({ id }) => !listed.some((present) => present.id === id));
    const extra = listed.filter(({ id }) => !wanted.members.some((member) => member.id === id));
    throw new Error(
      `Could not ${doing}: Cloudflare accepted the change, but the group then held other members than the program lists` +
        `${missing.length > 0 ? `; missing: ${missing.map(({ id, email }) => email ?? id).join(", ")}` : ""}` +
        `${extra.length > 0 ? `; not listed: ${extra.map(({ id, email }) => email ?? id).join(", ")}` : ""}. ` +
        "Something else may be changing the same group; run the same command again.",
    );
  }
}

function idOf({ id }: { id: string }): string {
  return id;
}

/** @param program The members in the program's order, with the addresses that are known already: Cloudflare may tell none. */
function toOutputs(members: readonly WireMember[], program: Properties<MemberName>): Outputs {
  const emails = new Map(program.members.map(({ id, email }) => [id, email]));
  const outputs = members.map(({ id, email, status }) => {
    const address = email || emails.get(id);
    return { id, ...(address ? { email: address } : {}), ...(status ? { status } : {}) };
  });
  return {
    accountId: program.accountId,
    userGroupId: program.userGroupId,
    members: inOrderOf<MemberName, UserGroupMembersMember>(program.members, outputs, keyOf),
  };
}

function toReadResult(members: readonly WireMember[], program: Outputs) {
  const outputs = toOutputs(members, program);
  const inputs = { ...outputs, members: outputs.members.map(({ id }) => ({ id })) };
  return { id: program.userGroupId, props: outputs, inputs };
}
