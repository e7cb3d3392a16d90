import { type GroupRef, groupMembers } from "../cloudflare/api/groupMembers";
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
import { confirmMembers, MembersDiffer, replaceMembers } from "./groupMemberWrites";
import { assertMatchesProgram, type ImportOption, rejectReplaceOfImport } from "./importOption";
import {
  accountIdSchema,
  checkInputs,
  type InputRules,
  idSchema,
  isStored,
  objectOf,
  type UncheckedInputs,
} from "./inputs";
import { addKnownIds, memberKey, memberRefsSchema } from "./memberRefs";
import type { Memberships } from "./memberships";
import { InitializationFailed, keepProvider, missingResult, undefinedIfNotFound } from "./notFound";
import type { RunState } from "./runState";
import { changedProperties, identity, sortedKeys, toDiffResult } from "./sets";

type Inputs = ImportOption & UserGroupMembersInputs;
type Outputs = UserGroupMembersOutputs;

const rules: InputRules<UserGroupMembersInputs> = {
  schema: objectOf({ accountId: accountIdSchema, userGroupId: idSchema, members: memberRefsSchema }),
  optionalLists: [],
  canonicalizers: { accountId: identity, userGroupId: identity, members: sortedKeys(memberKey) },
};

/** The lifecycle of `UserGroupMembers`, in the engine's order. */
export class UserGroupMembersLifecycle implements ResourceProvider<Inputs, Outputs> {
  /** The ids of the resources that this run has created or imported. */
  readonly #createdSets = new Set<string>();
  /** The ids of the resources that this run has deleted. */
  readonly #releasedSets = new Set<string>();

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
    this.run.memberSets.recordCheck(inputs, isStored(olds));
    if (this.run.memberSets.isDeclaredTwice(inputs)) failures.push({ property: "userGroupId", reason: twoSetsReason });
    if (this.run.declaredMembers(inputs).length > 0)
      failures.push({
        property: "userGroupId",
        reason:
          "is also the group of a UserGroupMember, and the two undo each other: list that person in `members`, or use " +
          "only UserGroupMember for this group",
      });
    return { inputs, failures };
  }

  async diff(id: string, olds: Outputs, news: Inputs): Promise<DiffResult> {
    // A preview sends no request. The stored outputs tell which member has which email.
    const members = containsUnknown(news.members) ? news.members : addKnownIds(news.members, olds.members);
    const changed = changedProperties<UserGroupMembersInputs>(rules.canonicalizers, olds, { ...news, members });
    const result = rejectReplaceOfImport(news, toDiffResult(changed, ["accountId", "userGroupId"]));
    const isDeclared = this.run.memberSets.recordDiff(id, news, result);
    const isTaken = this.run.memberSets.isDeclaredTwice(news) || this.#createdSets.has(id);
    if (isDeclared && isTaken) throw twoSets(id);
    return result;
  }

  async create(inputs: Inputs): Promise<CreateResult<Outputs>> {
    const { userGroupId } = inputs;
    if (inputs.importId !== undefined) return this.#import(inputs.importId, inputs);
    const operation = this.context.client.during(`set the members of the user group ${userGroupId}`);
    const desired = await this.memberships.accountMembers.resolveMembers(inputs.members, inputs.accountId, operation);
    const members = await this.memberships.runExclusive(inputs, async () => {
      this.#registerSet(userGroupId, inputs);
      // A group that this run has created has no members yet. It answers 404 for some seconds.
      const options = { retryNotFound: true };
      const isNew = this.run.createdGroupIds.has(userGroupId) && desired.length > 0;
      const write = isNew
        ? confirmMembers(operation, inputs, desired, groupMembers.replace(operation, inputs, desired, options))
        : replaceMembers(operation, inputs, desired, await groupMembers.list(operation, inputs, options));
      return write.catch((error) => this.#keepWhatIsThere(error, userGroupId, inputs));
    });
    return { id: userGroupId, outs: toUserGroupMembersOutputs(members, inputs, desired) };
  }

  async read(id: string, stored: Partial<Outputs> = {}): Promise<ReadResult> {
    const group = { accountId: this.context.accountOf(stored), userGroupId: id };
    const what = `the members of the user group ${id}`;
    const members = await undefinedIfNotFound(groupMembers.list(this.context.client.during(`read ${what}`), group));
    if (!members) return missingResult(stored.members !== undefined, what, group.accountId);
    const props = toUserGroupMembersOutputs(members, group, stored.members);
    return { id, props, inputs: toUserGroupMembersInputs(props) };
  }

  async update(id: string, olds: Outputs, news: Inputs): Promise<UpdateResult<Outputs>> {
    const operation = this.context.client.during(`set the members of the user group ${id}`);
    const desired = await this.memberships.accountMembers.resolveMembers(news.members, news.accountId, operation);
    const members = await this.memberships.runExclusive(news, async () => {
      const current = await groupMembers.list(operation, news);
      return replaceMembers(operation, news, desired, current).catch((error) =>
        this.#keepWhatIsThere(error, id, news, olds),
      );
    });
    return { outs: toUserGroupMembersOutputs(members, news, desired) };
  }

  async delete(id: string, stored: Outputs): Promise<void> {
    const group = { accountId: this.context.accountOf(stored), userGroupId: id };
    await this.memberships.runExclusive(group, () => this.#removeMembers(group));
    this.#releasedSets.add(id);
  }

  /** Removes everybody but those whom another resource of the program lists. */
  async #removeMembers(group: GroupRef): Promise<void> {
    const isDeclared = this.run.declaredSet(group) !== undefined;
    const declared = this.run.memberSets.inputsOf(group.userGroupId);
    // The resource that is created for the group sets the members.
    if (isDeclared && !declared) return;
    const operation = this.context.client.during(`remove the members of the user group ${group.userGroupId}`);
    const current = await undefinedIfNotFound(groupMembers.list(operation, group));
    if (!current) return;
    const { accountMembers } = this.memberships;
    const remaining = declared
      ? await accountMembers.resolveMembers(declared.members, group.accountId, operation)
      : await accountMembers.selectMembers(current, this.run.declaredMembers(group), group.accountId);
    await undefinedIfNotFound(replaceMembers(operation, group, remaining, current));
  }

  /** Rethrows an error, so that the state gets the members whom the group has, and the next `up` updates it again. */
  #keepWhatIsThere(error: unknown, id: string, inputs: Inputs, olds?: Outputs): never {
    if (!(error instanceof MembersDiffer)) throw error;
    const outputs = error.members || !olds ? toUserGroupMembersOutputs(error.members ?? [], inputs) : olds;
    throw new InitializationFailed(id, keepProvider(outputs, inputs), error);
  }

  /**
   * @throws An error when a resource that the state already has sets other members of the same group. One with the same members
   *   may be this resource: an earlier run did not complete its replacement.
   */
  #registerSet(userGroupId: string, inputs: Inputs): void {
    const isTaken = this.run.memberSets.isDeclaredDifferently(userGroupId, inputs);
    if (isTaken && !this.#releasedSets.has(userGroupId)) throw twoSets(userGroupId);
    this.#createdSets.add(userGroupId);
  }

  async #import(id: string, inputs: Inputs): Promise<CreateResult<Outputs>> {
    this.#registerSet(id, inputs);
    const what = `the members of the user group (${id})`;
    const group = { accountId: inputs.accountId, userGroupId: id };
    const current = await groupMembers.list(this.context.client.during(`import ${what}`), group);
    const members = addKnownIds(inputs.members, toUserGroupMembersOutputs(current, group).members);
    const outs = toUserGroupMembersOutputs(current, group, members);
    assertMatchesProgram<UserGroupMembersInputs>(rules.canonicalizers, what, outs, { ...inputs, members });
    return { id, outs };
  }
}

const twoSetsReason =
  "is the group of two UserGroupMembers of this program, and the two undo each other: list everybody in one of them";

function twoSets(userGroupId: string): Error {
  return new Error(
    errorMessage({
      operation: `set the members of the user group ${userGroupId}`,
      reason: `the group ${twoSetsReason}.`,
      advice: "remove one of the two from the program.",
    }),
  );
}
