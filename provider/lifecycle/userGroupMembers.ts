import { type GroupRef, groupMembers } from "../cloudflare/api/groupMembers";
import type { Operation } from "../cloudflare/operation";
import type { ApiGroupMember } from "../cloudflare/schemas";
import type { Configuration } from "../config";
import { errorMessage } from "../errorMessage";
import type { ProviderContext } from "../providerContext";
import type { UserGroupMembersInputs, UserGroupMembersOutputs } from "../resourceTypes";
import {
  type CheckResult,
  type CreateResult,
  containsUnknown,
  type DiffResult,
  type ReadResult,
  type ResourceProvider,
  type UpdateResult,
} from "./engine";
import { toUserGroupMembersInputs, toUserGroupMembersOutputs } from "./groupMembersMapping";
import { assertMatchesProgram, type ImportOption, rejectReplaceOfImport } from "./importOption";
import { accountIdSchema, checkInputs, type InputRules, idSchema, objectOf, type UncheckedInputs } from "./inputs";
import { addKnownIds, memberKey, memberRefsSchema, type ResolvedMember } from "./memberRefs";
import type { Memberships } from "./memberships";
import { missingResult, undefinedIfNotFound } from "./notFound";
import type { RunState } from "./runState";
import { changedProperties, identity, sameSet, sortedKeys, toDiffResult } from "./sets";

type Inputs = ImportOption & UserGroupMembersInputs;
type Outputs = UserGroupMembersOutputs;

const rules: InputRules<UserGroupMembersInputs> = {
  schema: objectOf({ accountId: accountIdSchema, userGroupId: idSchema, members: memberRefsSchema }),
  optionalLists: [],
  canonicalizers: { accountId: identity, userGroupId: identity, members: sortedKeys(memberKey) },
};

/** The lifecycle of `UserGroupMembers`, in the engine's order. */
export class UserGroupMembersLifecycle implements ResourceProvider<Inputs, Outputs> {
  constructor(
    private readonly context: ProviderContext,
    private readonly run: RunState,
    private readonly memberships: Memberships,
  ) {}

  async configure({ config }: { config: Configuration }): Promise<void> {
    this.context.configure(config);
  }

  async check(olds: UncheckedInputs, news: UncheckedInputs): Promise<CheckResult> {
    const { inputs, failures = [] } = checkInputs(olds, news, this.context, rules);
    if (failures.length > 0) return { inputs, failures };
    this.run.memberships.registerSet(inputs);
    if (this.run.memberships.managesSingleMembers(inputs))
      failures.push({
        property: "userGroupId",
        reason:
          "is also the group of a UserGroupMember, and the two undo each other: list that person in `members`, or use " +
          "only UserGroupMember for this group",
      });
    return { inputs, failures };
  }

  async diff(_id: string, olds: Outputs, news: Inputs): Promise<DiffResult> {
    // A preview sends no request. The stored outputs tell which member has which email.
    const members = containsUnknown(news.members) ? news.members : addKnownIds(news.members, olds.members);
    const changed = changedProperties<UserGroupMembersInputs>(rules.canonicalizers, olds, { ...news, members });
    return rejectReplaceOfImport(news, toDiffResult(changed, ["accountId", "userGroupId"]));
  }

  async create(inputs: Inputs): Promise<CreateResult<Outputs>> {
    if (inputs.importId !== undefined) return this.#import(inputs.importId, inputs);
    const operation = this.context.client.during(`set the members of the user group ${inputs.userGroupId}`);
    const desired = await this.memberships.accountMembers.resolveMembers(inputs.members, inputs.accountId, operation);
    return this.memberships.runExclusive(inputs, async () => {
      // The response to an addition is the whole set. So the members to remove are known before anybody is removed, and a
      // group without other members, the usual case, costs one request.
      const current =
        desired.length > 0
          ? await groupMembers.add(operation, inputs, desired)
          : await groupMembers.list(operation, inputs, { retryNotFound: true });
      const unlisted = current.filter(({ id }) => !desired.some((member) => member.id === id));
      if (unlisted.length > 0 && !this.run.memberships.wasSetReleased(inputs))
        console.warn(
          `The user group ${inputs.userGroupId} already had members that the program does not list. Removing ` +
            `${namesOf(unlisted)}.`,
        );
      const members = unlisted.length > 0 ? await groupMembers.replace(operation, inputs, desired) : current;
      return { id: inputs.userGroupId, outs: await this.#confirm(members, inputs, desired, operation) };
    });
  }

  async read(id: string, stored: Partial<Outputs> = {}): Promise<ReadResult> {
    const group = { accountId: this.context.accountOf(stored), userGroupId: id };
    const what = `the members of the user group ${id}`;
    const members = await undefinedIfNotFound(groupMembers.list(this.context.client.during(`read ${what}`), group));
    if (!members) return missingResult(stored.members !== undefined, what, group.accountId);
    const props = toUserGroupMembersOutputs(members, group, stored.members);
    return { id, props, inputs: toUserGroupMembersInputs(props) };
  }

  async update(id: string, _olds: Outputs, news: Inputs): Promise<UpdateResult<Outputs>> {
    const operation = this.context.client.during(`set the members of the user group ${id}`);
    const desired = await this.memberships.accountMembers.resolveMembers(news.members, news.accountId, operation);
    return this.memberships.runExclusive(news, async () => {
      const members = await groupMembers.replace(operation, news, desired);
      return { outs: await this.#confirm(members, news, desired, operation) };
    });
  }

  async delete(id: string, stored: Outputs): Promise<void> {
    const group = { accountId: this.context.accountOf(stored), userGroupId: id };
    await this.memberships.runExclusive(group, () => this.#removeMembers(group));
  }

  async #removeMembers(group: GroupRef): Promise<void> {
    const { memberships } = this.run;
    // The replacement, or a resource of another name, manages the set from now on.
    if (memberships.managesSet(group)) return memberships.releaseSet(group);
    const operation = this.context.client.during(`remove the members of the user group ${group.userGroupId}`);
    const current = memberships.managesSingleMembers(group)
      ? await undefinedIfNotFound(groupMembers.list(operation, group))
      : [];
    const remaining = current?.filter((member) => memberships.managesMember(group, member));
    if (remaining) await undefinedIfNotFound(groupMembers.replace(operation, group, remaining));
  }

  async #import(id: string, inputs: Inputs): Promise<CreateResult<Outputs>> {
    const what = `the members of the user group (${id})`;
    const group = { accountId: inputs.accountId, userGroupId: id };
    const current = await groupMembers.list(this.context.client.during(`import ${what}`), group);
    const members = addKnownIds(inputs.members, toUserGroupMembersOutputs(current, group).members);
    const outs = toUserGroupMembersOutputs(current, group, members);
    assertMatchesProgram<UserGroupMembersInputs>(rules.canonicalizers, what, outs, { ...inputs, members });
    return { id, outs };
  }

  /** Returns the outputs after a write, once it is certain that the group holds exactly the desired members. */
  async #confirm(
    response: readonly ApiGroupMember[],
    group: GroupRef,
    desired: readonly ResolvedMember[],
    operation: Operation,
  ): Promise<Outputs> {
    if (sameSet<{ id: string }>(response, desired, idOf)) return toUserGroupMembersOutputs(response, group, desired);
    const listed = await groupMembers.list(operation, group);
    if (sameSet<{ id: string }>(listed, desired, idOf)) return toUserGroupMembersOutputs(listed, group, desired);
    const missing = desired.filter(({ id }) => !listed.some((member) => member.id === id));
    const unlisted = listed.filter(({ id }) => !desired.some((member) => member.id === id));
    throw new Error(
      errorMessage({
        operation: operation.name,
        reason:
          "Cloudflare accepted the change, but the group then had other members than the program lists" +
          `${missing.length > 0 ? `; missing: ${namesOf(missing)}` : ""}` +
          `${unlisted.length > 0 ? `; not listed: ${namesOf(unlisted)}` : ""}.`,
        advice: "run the same command again; something else may be changing the same group.",
      }),
    );
  }
}

function idOf({ id }: { id: string }): string {
  return id;
}

function namesOf(members: readonly { id: string; email?: string | null | undefined }[]): string {
  return members.map(({ id, email }) => email ?? id).join(", ");
}
