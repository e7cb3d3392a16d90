import type { dynamic } from "@pulumi/pulumi";
import type { WireMember } from "../cloudflare/wire";
import type { Configuration } from "../config";
import type { Connection } from "../connection";
import { type Importable, mustMatch, unlessImported } from "./adoption";
import { accountIdSchema, checkInputs, type InputRules, idSchema, objectOf, type UncheckedInputs } from "./inputs";
import { addressKey, emailSchema, type IdentifiedMember } from "./memberNames";
import type { Group } from "./membershipOwners";
import type { Memberships } from "./memberships";
import { absent, ifPresent } from "./presence";
import { asIs, type CanonicalForms, changedProperties, containsUnknown, diffResult } from "./sets";

type Properties = {
  accountId: string;
  userGroupId: string;
  memberId?: string | undefined;
  email?: string | undefined;
};

type Inputs = Importable & Properties;

type Outputs = {
  accountId: string;
  userGroupId: string;
  memberId: string;
  email?: string;
  status?: string;
};

const inputs = objectOf({
  accountId: accountIdSchema,
  userGroupId: idSchema,
  memberId: idSchema.optional(),
  email: emailSchema.optional(),
}).superRefine(
  ({ memberId, email }, context) => {
    if (memberId == null && email == null)
      context.addIssue({ code: "custom", path: ["memberId"], message: "is required, or email in its place" });
    else if (memberId != null && email != null && !containsUnknown([memberId, email]))
      context.addIssue({
        code: "custom",
        path: ["email"],
        message: "stands beside memberId: name the person by one of the two",
      });
  },
  // Also when something else is malformed or unknown: every failure is to be named at once.
  { when: () => true },
);

const rules: InputRules<Properties> = {
  inputs,
  optionalLists: [],
  forms: { accountId: asIs, userGroupId: asIs, memberId: asIs, email: addressKey },
};

/** The lifecycle of a `UserGroupMember`, in the engine's order. */
export class UserGroupMemberLifecycle implements dynamic.ResourceProvider<Inputs, Outputs> {
  /** By the id of a resource the one that is to replace it, where that names its person by address. */
  readonly #successors = new Map<string, Inputs>();

  constructor(
    private readonly connection: Connection,
    private readonly memberships: Memberships,
  ) {}

  async configure({ config }: { config: Configuration }): Promise<void> {
    this.connection.configure(config);
  }

  async check(olds: UncheckedInputs, news: UncheckedInputs): Promise<dynamic.CheckResult> {
    const { inputs, failures = [] } = checkInputs(olds, news, this.connection, rules);
    if (failures.length > 0) return { inputs, failures };
    const { owners } = this.memberships;
    owners.enterSingle(inputs, { id: inputs.memberId, email: inputs.email });
    if (owners.hasSet(inputs))
      failures.push({
        property: "userGroupId",
        reason:
          "is the group of UserGroupMembers too, and two owners undo each other: list the person there, or use only " +
          "UserGroupMember for this group",
      });
    if (inputs.importId !== undefined && !parsedId(inputs.importId))
      failures.push({ property: "import", reason: `must be ${idForm}` });
    return { inputs, failures };
  }

  async diff(id: string, olds: Outputs, news: Inputs): Promise<dynamic.DiffResult> {
    const changed = changedProperties<Properties>(formsOf(news), olds, news);
    if (changed.has("email") && !containsUnknown(news)) this.#successors.set(id, news);
    return unlessImported(news, diffResult(changed, ["accountId", "userGroupId", "memberId", "email"]));
  }

  async create(inputs: Inputs): Promise<dynamic.CreateResult<Outputs>> {
    const outs =
      inputs.importId === undefined ? await this.#added(inputs) : await this.#existing(inputs.importId, inputs);
    return { id: `${outs.userGroupId}/${outs.memberId}`, outs };
  }

  async read(id: string, stored: Partial<Outputs> = {}): Promise<dynamic.ReadResult> {
    const { userGroupId, memberId } = mustParse(id, `read the member ${JSON.stringify(id)} of a user group`);
    const group = { accountId: this.connection.accountOf(stored), userGroupId };
    const what = `the member ${memberId} of the user group ${userGroupId}`;
    const isManaged = stored.memberId !== undefined;
    const isPerson = (member: WireMember) => member.id === memberId;
    const told =
      (await this.memberships.listTogether(group))?.find(isPerson) ??
      // A `get` may ask for somebody whom something else has added since the others were read.
      (isManaged ? undefined : (await ifPresent(this.memberships.list(group, `read ${what}`)))?.find(isPerson));
    if (!told) return absent(isManaged, what, group.accountId);
    const props = toOutputs(told, group, stored.email);
    return { id, props, inputs: { ...group, memberId } };
  }

  /** Every other difference replaces the resource: this repairs what is the same. */
  async update(_id: string, _olds: Outputs, news: Inputs): Promise<dynamic.UpdateResult<Outputs>> {
    return { outs: await this.#added(news) };
  }

  async delete(id: string, stored: Outputs): Promise<void> {
    const { userGroupId, memberId } = mustParse(id, `remove the member ${JSON.stringify(id)} of a user group`);
    const group = { accountId: this.connection.accountOf(stored), userGroupId };
    const doing = `remove ${stored.email ?? memberId} from the user group ${userGroupId}`;
    const successor = this.#successors.get(id);
    // It goes before its replacement comes: nobody is to lose access because of an address that is then found to be wrong.
    if (successor) await this.#identified(successor, doing);
    const { owners } = this.memberships;
    await this.memberships.inTurn(group, async () => {
      // Its replacement, or a resource that has taken its place under another name, keeps the person, or says the whole set.
      if (owners.hasSet(group) || owners.keepsSingly(group, { id: memberId, email: stored.email })) return;
      await ifPresent(this.memberships.remove(group, memberId, doing));
    });
  }

  async #added(inputs: Inputs): Promise<Outputs> {
    const doing = `add ${inputs.email ?? inputs.memberId} to the user group ${inputs.userGroupId}`;
    const person = await this.#identified(inputs, doing);
    this.memberships.owners.enterSingle(inputs, person);
    return this.memberships.inTurn(inputs, async () => {
      const isPerson = ({ id }: WireMember) => id === person.id;
      const told =
        (await this.memberships.write("POST", inputs, [person], doing)).find(isPerson) ??
        (await this.memberships.list(inputs, doing)).find(isPerson);
      if (told) return toOutputs(told, inputs, person.email);
      throw new Error(
        `Could not ${doing}: Cloudflare accepted the change, but ${person.id} was not in the group then. ` +
          "Something else may be changing the same group; run the same command again.",
      );
    });
  }

  async #identified({ accountId, memberId: id, email }: Inputs, doing: string): Promise<IdentifiedMember> {
    const [person] = await this.memberships.accountMembers.identify([{ id, email }], accountId, doing);
    if (!person) throw new Error(`Could not ${doing}: nobody is named.`);
    return person;
  }

  async #existing(id: string, inputs: Inputs): Promise<Outputs> {
    const { userGroupId, memberId } = mustParse(id, `import ${JSON.stringify(id)}`);
    const what = `the member ${memberId} of the user group ${userGroupId}`;
    const group = { accountId: inputs.accountId, userGroupId };
    const members = await this.memberships.listTogether(group);
    const told = members?.find((member) => member.id === memberId);
    if (!told)
      throw new Error(
        `Could not import ${what}: ${members ? "nobody of that id is in the group" : "there is no such group"}. ` +
          "Check the id; to add the person, take the option `import` out.",
      );
    const outs = toOutputs(told, group);
    mustMatch<Properties>(formsOf(inputs), what, outs, inputs);
    return outs;
  }
}

/** The forms in which the program's words are compared: a person is the same by id and by address. */
function formsOf(program: Properties): CanonicalForms<Properties> {
  return program.email === undefined
    ? { accountId: asIs, userGroupId: asIs, memberId: asIs }
    : { accountId: asIs, userGroupId: asIs, email: addressKey };
}

const idForm = "<id of the user group>/<id of the member>";

function parsedId(id: unknown): { userGroupId: string; memberId: string } | undefined {
  const [, userGroupId, memberId] = /^([\w-]+)\/([\w-]+)$/.exec(String(id)) ?? [];
  return userGroupId !== undefined && memberId !== undefined ? { userGroupId, memberId } : undefined;
}

function mustParse(id: string, doing: string): { userGroupId: string; memberId: string } {
  const parsed = parsedId(id);
  if (parsed) return parsed;
  throw new Error(`Could not ${doing}: its id must be ${idForm}.`);
}

/** @param email The address that is known already, where Cloudflare tells none. */
function toOutputs(told: WireMember, { accountId, userGroupId }: Group, email?: string): Outputs {
  const address = told.email || email;
  return {
    accountId,
    userGroupId,
    memberId: told.id,
    ...(address ? { email: address } : {}),
    ...(told.status ? { status: told.status } : {}),
  };
}
