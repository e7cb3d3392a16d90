import type { dynamic } from "@pulumi/pulumi";
import { z } from "zod";
import { member, type WireMember } from "../cloudflare/wire";
import type { Configuration } from "../config";
import type { Connection } from "../connection";
import type { UserGroupMembersMember } from "../userGroupMembers";
import { accountIdSchema, checkInputs, idSchema, idSetSchema, objectOf, type UncheckedInputs } from "./inputs";
import { absent, ifPresent } from "./presence";
import { asIs, asSet, type CanonicalForms, changedProperties, diffResult, inOrderOf, sameSet } from "./sets";
import { permission } from "./userGroup";

interface MemberId {
  readonly id: string;
}

type Properties<Member extends MemberId> = {
  accountId: string;
  userGroupId: string;
  members: readonly Member[];
};

type Inputs = Properties<MemberId>;
type Outputs = Properties<UserGroupMembersMember>;

const inputsSchema = objectOf({ accountId: accountIdSchema, userGroupId: idSchema, members: idSetSchema });

const canonicalForms: CanonicalForms<Inputs> = { accountId: asIs, userGroupId: asIs, members: asSet(idOf) };

/** The lifecycle of `UserGroupMembers`, in the engine's order. */
export class UserGroupMembersLifecycle implements dynamic.ResourceProvider<Inputs, Outputs> {
  constructor(private readonly connection: Connection) {}

  async configure({ config }: { config: Configuration }): Promise<void> {
    this.connection.configure(config);
  }

  async check(_olds: UncheckedInputs, news: UncheckedInputs): Promise<dynamic.CheckResult> {
    return checkInputs(news, this.connection, inputsSchema);
  }

  async diff(_id: string, olds: Outputs, news: Inputs): Promise<dynamic.DiffResult> {
    return diffResult(changedProperties(canonicalForms, olds, news), ["accountId", "userGroupId"]);
  }

  async create(inputs: Inputs): Promise<dynamic.CreateResult<Outputs>> {
    const doing = `set the members of the user group ${inputs.userGroupId}`;
    // Adding comes first because its answer is the whole set: who would have to go is known before anybody goes, and a
    // group without other members, the usual case, costs one call.
    const present = inputs.members.length > 0 ? await this.#add(inputs, doing) : await this.#list(inputs, doing);
    const strangers = present.filter(({ id }) => !inputs.members.some((wanted) => wanted.id === id));
    if (strangers.length > 0)
      console.warn(
        `The user group ${inputs.userGroupId} already had members that the program does not list. Removing ` +
          `${strangers.map(({ id, email }) => email ?? id).join(", ")}.`,
      );
    const members = strangers.length > 0 ? await this.#replace(inputs, doing) : present;
    return { id: inputs.userGroupId, outs: await this.#confirmed(members, inputs, doing) };
  }

  async read(id: string, stored: Partial<Outputs> = {}): Promise<dynamic.ReadResult> {
    const accountId = this.connection.accountOf(stored);
    const what = `the members of the user group ${id}`;
    const members = await ifPresent(this.#list({ accountId, userGroupId: id }, `read ${what}`));
    if (!members) return absent(stored.members !== undefined, what, accountId);
    const outputs = toOutputs(members, { members: [], ...stored, accountId, userGroupId: id });
    return { id, props: outputs, inputs: { ...outputs, members: outputs.members.map(({ id }) => ({ id })) } };
  }

  async update(id: string, _olds: Outputs, news: Inputs): Promise<dynamic.UpdateResult<Outputs>> {
    const doing = `set the members of the user group ${id}`;
    return { outs: await this.#confirmed(await this.#replace(news, doing), news, doing) };
  }

  async delete(id: string, stored: Outputs): Promise<void> {
    const emptied = { accountId: this.connection.accountOf(stored), userGroupId: id, members: [] };
    await ifPresent(this.#replace(emptied, `remove the members of the user group ${id}`));
  }

  async #add(inputs: Inputs, doing: string): Promise<WireMember[]> {
    const added = await this.connection.client.request({
      doing,
      method: "POST",
      path: membersPath(inputs),
      body: inputs.members.map(({ id }) => ({ id })),
      result: z.array(member).nullish(),
      permission,
      repeatable: true,
      awaitExistence: true,
    });
    return added ?? [];
  }

  async #replace(inputs: Inputs, doing: string): Promise<WireMember[]> {
    const replaced = await this.connection.client.request({
      doing,
      method: "PUT",
      path: membersPath(inputs),
      body: inputs.members.map(({ id }) => ({ id })),
      result: z.array(member).nullish(),
      permission,
    });
    return replaced ?? [];
  }

  #list(group: Pick<Inputs, "accountId" | "userGroupId">, doing: string): Promise<WireMember[]> {
    return this.connection.client.list({ doing, path: membersPath(group), result: member, permission });
  }

  /** The outputs for what a write answered, once it is certain that the group holds exactly whom the program lists. */
  async #confirmed(answered: WireMember[], inputs: Inputs, doing: string): Promise<Outputs> {
    if (sameSet<MemberId>(answered, inputs.members, idOf)) return toOutputs(answered, inputs);
    const listed = await this.#list(inputs, doing);
    if (sameSet<MemberId>(listed, inputs.members, idOf)) return toOutputs(listed, inputs);
    const missing = inputs.members.filter(({ id }) => !listed.some((present) => present.id === id));
    const extra = listed.filter(({ id }) => !inputs.members.some((wanted) => wanted.id === id));
    throw new Error(
      `Could not ${doing}: Cloudflare accepted the change, but the group then held other members than the program lists` +
        `${missing.length > 0 ? `; missing: ${missing.map(idOf).join(", ")}` : ""}` +
        `${extra.length > 0 ? `; not listed: ${extra.map(({ id, email }) => email ?? id).join(", ")}` : ""}. ` +
        "Something else may be changing the same group; run the same command again.",
    );
  }
}

function membersPath({ accountId, userGroupId }: Pick<Inputs, "accountId" | "userGroupId">): string[] {
  return ["accounts", accountId, "iam", "user_groups", userGroupId, "members"];
}

function idOf({ id }: MemberId): string {
  return id;
}

function toOutputs(members: WireMember[], program: Inputs): Outputs {
  const outputs = members.map(({ id, email, status }) => ({
    id,
    ...(email ? { email } : {}),
    ...(status ? { status } : {}),
  }));
  return {
    accountId: program.accountId,
    userGroupId: program.userGroupId,
    members: inOrderOf<MemberId, UserGroupMembersMember>(program.members, outputs, idOf),
  };
}
