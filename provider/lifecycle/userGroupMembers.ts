import type { dynamic } from "@pulumi/pulumi";
import { z } from "zod";
import { member, type WireMember } from "../cloudflare/wire";
import type { Configuration } from "../config";
import type { Connection } from "../connection";
import type { UserGroupMembersMember } from "../userGroupMembers";
import { type Importable, mustMatch, unlessImported } from "./adoption";
import {
  accountIdSchema,
  checkInputs,
  type InputRules,
  idSchema,
  idSetSchema,
  objectOf,
  type UncheckedInputs,
} from "./inputs";
import { absent, ifPresent } from "./presence";
import { asIs, asSet, changedProperties, diffResult, inOrderOf, sameSet } from "./sets";
import { permission } from "./userGroup";

interface MemberId {
  readonly id: string;
}

type Properties<Member extends MemberId> = {
  accountId: string;
  userGroupId: string;
  members: readonly Member[];
};

type Inputs = Importable & Properties<MemberId>;
type Outputs = Properties<UserGroupMembersMember>;

const rules: InputRules<Properties<MemberId>> = {
  inputs: objectOf({ accountId: accountIdSchema, userGroupId: idSchema, members: idSetSchema }),
  optionalLists: [],
  forms: { accountId: asIs, userGroupId: asIs, members: asSet(idOf) },
};

/** The lifecycle of `UserGroupMembers`, in the engine's order. */
export class UserGroupMembersLifecycle implements dynamic.ResourceProvider<Inputs, Outputs> {
  /** The groups whose members a resource of the program says in this run. */
  readonly #kept = new Set<string>();
  /** Those whose members were just those of a resource that is deleted or replaced in this run. */
  readonly #left = new Set<string>();

  constructor(private readonly connection: Connection) {}

  async configure({ config }: { config: Configuration }): Promise<void> {
    this.connection.configure(config);
  }

  async check(olds: UncheckedInputs, news: UncheckedInputs): Promise<dynamic.CheckResult> {
    const checked = checkInputs(olds, news, this.connection, rules);
    // Every resource of the program comes by here, and no other: `diff` is also called for one that is about to go.
    if (checked.failures?.length === 0) this.#kept.add(keyOf(checked.inputs));
    return checked;
  }

  async diff(_id: string, olds: Outputs, news: Inputs): Promise<dynamic.DiffResult> {
    const result = diffResult(changedProperties(rules.forms, olds, news), ["accountId", "userGroupId"]);
    return unlessImported(news, result);
  }

  async create(inputs: Inputs): Promise<dynamic.CreateResult<Outputs>> {
    if (inputs.importId !== undefined) return this.#existing(inputs.importId, inputs);
    const doing = `set the members of the user group ${inputs.userGroupId}`;
    // Adding comes first because its answer is the whole set: who would have to go is known before anybody goes, and a
    // group without other members, the usual case, costs one call.
    const adding = inputs.members.length > 0 ? this.#write("POST", inputs, doing) : this.#list(inputs, doing, true);
    const present = await this.connection.writing(adding);
    const strangers = present.filter(({ id }) => !inputs.members.some((wanted) => wanted.id === id));
    if (strangers.length > 0 && !this.#left.has(keyOf(inputs)))
      console.warn(
        `The user group ${inputs.userGroupId} already had members that the program does not list. Removing ` +
          `${strangers.map(({ id, email }) => email ?? id).join(", ")}.`,
      );
    const members = strangers.length > 0 ? await this.#write("PUT", inputs, doing) : present;
    return { id: inputs.userGroupId, outs: await this.#confirmed(members, inputs, doing) };
  }

  async read(id: string, stored: Partial<Outputs> = {}): Promise<dynamic.ReadResult> {
    const accountId = this.connection.accountOf(stored);
    const what = `the members of the user group ${id}`;
    const members = await ifPresent(this.#list({ accountId, userGroupId: id }, `read ${what}`));
    if (!members) return absent(stored.members !== undefined, what, accountId);
    return toReadResult(members, { members: [], ...stored, accountId, userGroupId: id });
  }

  /** What `read` would answer for the members of a group that is known to exist. */
  async readMembersOf(userGroupId: string, accountId: string) {
    const group = { accountId, userGroupId };
    const members = await this.#list(group, `list the members of the user group ${userGroupId}`);
    return toReadResult(members, { ...group, members: [] });
  }

  async update(id: string, _olds: Outputs, news: Inputs): Promise<dynamic.UpdateResult<Outputs>> {
    const doing = `set the members of the user group ${id}`;
    const replaced = await this.connection.writing(this.#write("PUT", news, doing));
    return { outs: await this.#confirmed(replaced, news, doing) };
  }

  async delete(id: string, stored: Outputs): Promise<void> {
    const group = { accountId: this.connection.accountOf(stored), userGroupId: id };
    if (this.#kept.has(keyOf(group))) {
      // Its replacement, or a resource that has taken its place under another name, says who is in the group.
      this.#left.add(keyOf(group));
      return;
    }
    await ifPresent(this.#write("PUT", { ...group, members: [] }, `remove the members of the user group ${id}`));
  }

  async #existing(id: string, inputs: Inputs): Promise<dynamic.CreateResult<Outputs>> {
    const what = `the members of the user group (${id})`;
    const members = await this.#list({ ...inputs, userGroupId: id }, `import ${what}`);
    const outs = toOutputs(members, { ...inputs, userGroupId: id });
    mustMatch(rules.forms, what, outs, inputs);
    return { id, outs };
  }

  /** Adds the members to the set (`POST`), or makes them the whole set (`PUT`); both answer with the set that is there then. */
  async #write(method: "POST" | "PUT", inputs: Inputs, doing: string): Promise<WireMember[]> {
    const members = await this.connection.client.request({
      doing,
      method,
      path: membersPath(inputs),
      body: inputs.members.map(({ id }) => ({ id })),
      result: z.array(member).nullish(),
      permission,
      // Adding who is there already changes nothing.
      repeatable: true,
      // Only a create, which adds, can come before a fresh group is known everywhere.
      awaitExistence: method === "POST",
    });
    return members ?? [];
  }

  #list(
    group: Pick<Inputs, "accountId" | "userGroupId">,
    doing: string,
    awaitExistence = false,
  ): Promise<WireMember[]> {
    return this.connection.client.list({ doing, path: membersPath(group), result: member, permission, awaitExistence });
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

function keyOf(group: Pick<Inputs, "accountId" | "userGroupId">): string {
  return membersPath(group).join("/");
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

function toReadResult(members: WireMember[], program: Inputs) {
  const outputs = toOutputs(members, program);
  const inputs = { ...outputs, members: outputs.members.map(({ id }) => ({ id })) };
  return { id: program.userGroupId, props: outputs, inputs };
}
