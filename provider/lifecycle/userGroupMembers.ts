import { type GroupRef, groupMembers } from "../cloudflare/api/groupMembers";
import type { Operation } from "../cloudflare/operation";
import type { ApiGroupMember } from "../cloudflare/schemas";
import type { Configuration } from "../config";
import type { ProviderContext } from "../providerContext";
import type { MemberRef, UserGroupMembersInputs, UserGroupMembersOutputs } from "../resourceTypes";
import { logChange, summarizeMembers } from "./changeSummary";
import {
  type CheckFailure,
  type CheckResult,
  type CreateResult,
  containsUnknown,
  type DiffResult,
  type ReadResult,
  type ResourceProvider,
  type UpdateResult,
} from "./engine";
import { toUserGroupMembersInputs, toUserGroupMembersOutputs } from "./groupMembersMapping";
import { assertNoOthers, confirmMembers, MembersDiffer, replaceMembers, without } from "./groupMemberWrites";
import { GroupSets } from "./groupSets";
import { assertMatchesProgram, type ImportOption, rejectReplaceOfImport } from "./importOption";
import {
  accountIdSchema,
  checkInputs,
  type InputRules,
  idSchema,
  isStored,
  objectOf,
  switchSchema,
  type UncheckedInputs,
} from "./inputs";
import { reduceMembers } from "./lookupRefs";
import { checkEmails, checkOthers, listEmails } from "./memberChecks";
import { namingOf, recordNaming, storedNaming } from "./memberNaming";
import { addKnownIds, keepMemberOrder, memberKey, memberRefsSchema, type ResolvedMember } from "./memberRefs";
import type { Memberships } from "./memberships";
import { InitializationFailed, keepProvider, missingResult, undefinedIfNotFound } from "./notFound";
import type { RunState } from "./runState";
import { changedProperties, identity, sortedKeys, toDiffResult } from "./sets";

type Inputs = ImportOption & UserGroupMembersInputs;
type Outputs = UserGroupMembersOutputs;

const rules: InputRules<UserGroupMembersInputs> = {
  schema: objectOf({
    accountId: accountIdSchema,
    userGroupId: idSchema,
    members: memberRefsSchema,
    removeOthers: switchSchema.optional(),
  }),
  expand: reduceMembers,
  optionalLists: [],
  // Only the create uses `removeOthers`, so a change of it is no difference.
  canonicalizers: { accountId: identity, userGroupId: identity, members: sortedKeys(memberKey) },
  arrangers: { members: keepMemberOrder },
};

const setWords = {
  part: "members",
  twice:
    "is the group of two UserGroupMembers of this program, and the two undo each other: list everybody in one of them",
};

/** The lifecycle of `UserGroupMembers`, in the engine's order. */
export class UserGroupMembersLifecycle implements ResourceProvider<Inputs, Outputs> {
  readonly #sets: GroupSets<UserGroupMembersInputs>;
  /** The ids of the groups whose set this run moves to another group: the program knows their members. */
  readonly #movedSets = new Set<string>();

  constructor(
    private readonly context: ProviderContext,
    private readonly run: RunState,
    private readonly memberships: Memberships,
  ) {
    this.#sets = new GroupSets(run.memberSets, setWords);
  }

  async configure({ config }: { config: Configuration }): Promise<void> {
    this.context.configure(config);
  }

  async check(olds: UncheckedInputs, news: UncheckedInputs): Promise<CheckResult> {
    const { inputs, failures = [] } = checkInputs(olds, news, this.context, rules);
    if (failures.length > 0) return { inputs, failures };
    failures.push(...this.#sets.recordCheck(inputs, isStored(olds)));
    if (this.run.declaredMembers(inputs).length > 0)
      failures.push({
        property: "userGroupId",
        reason:
          "is also the group of a UserGroupMember, and the two undo each other: list that person in `members`, or use " +
          "only UserGroupMember for this group",
      });
    failures.push(...(await this.#checkPeople(olds, news, inputs)));
    return { inputs, failures };
  }

  async diff(id: string, olds: Outputs, news: Inputs): Promise<DiffResult> {
    // `check` has found every wrong email. The stored outputs contain the id of each known email.
    const members = containsUnknown(news.members) ? news.members : addKnownIds(news.members, olds.members);
    const changed = changedProperties<UserGroupMembersInputs>(rules.canonicalizers, olds, { ...news, members });
    const result = rejectReplaceOfImport(news, toDiffResult(changed, ["accountId", "userGroupId"]));
    const isDeclared = this.#sets.recordDiff(id, news, result);
    if (isDeclared && result.changes !== false) this.#announce(id, olds, { ...news, members }, result);
    return result;
  }

  async create(inputs: Inputs): Promise<CreateResult<Outputs>> {
    const { userGroupId } = inputs;
    if (inputs.importId !== undefined) return this.#import(inputs.importId, inputs);
    const operation = this.context.client.during(`set the members of the user group ${userGroupId}`);
    const desired = await this.memberships.accountMembers.resolveMembers(inputs.members, inputs.accountId, operation);
    const members = await this.memberships.runExclusive(inputs, async () => {
      this.#sets.recordCreate(userGroupId, inputs);
      // A group that this run has created has no members yet. It returns 404 for some seconds.
      const options = { retryNotFound: true };
      const isNew = this.run.createdGroupIds.has(userGroupId) && desired.length > 0;
      const write = isNew
        ? confirmMembers(operation, inputs, desired, groupMembers.replace(operation, inputs, desired, options))
        : this.#takeOver(operation, inputs, desired, await groupMembers.list(operation, inputs, options));
      return write.catch((error) => this.#keepWhatIsThere(error, userGroupId, inputs, desired));
    });
    return { id: userGroupId, outs: toOutputs(members, inputs, desired) };
  }

  async read(id: string, stored: Partial<Outputs> = {}): Promise<ReadResult> {
    const group = { accountId: this.context.accountOf(stored), userGroupId: id };
    const what = `the members of the user group ${id}`;
    const members = await undefinedIfNotFound(groupMembers.list(this.context.client.during(`read ${what}`), group));
    if (!members) return missingResult(stored.members !== undefined, what, group.accountId);
    const isByEmail = storedNaming(stored);
    const props = recordNaming(toUserGroupMembersOutputs(members, group, stored.members), isByEmail);
    return { id, props, inputs: toUserGroupMembersInputs(props, isByEmail) };
  }

  async update(id: string, olds: Outputs, news: Inputs): Promise<UpdateResult<Outputs>> {
    const operation = this.context.client.during(`set the members of the user group ${id}`);
    const desired = await this.memberships.accountMembers.resolveMembers(news.members, news.accountId, operation);
    const members = await this.memberships.runExclusive(news, async () => {
      const current = await groupMembers.list(operation, news);
      return this.#replaceMembers(operation, news, desired, current).catch((error) =>
        this.#keepWhatIsThere(error, id, news, desired, olds),
      );
    });
    return { outs: toOutputs(members, news, desired) };
  }

  async delete(id: string, stored: Outputs): Promise<void> {
    const group = { accountId: this.context.accountOf(stored), userGroupId: id };
    await this.memberships.runExclusive(group, () => this.#removeMembers(group));
    this.#sets.recordDelete(id);
  }

  /** Checks at preview what the create would reject. */
  async #checkPeople(olds: UncheckedInputs, news: UncheckedInputs, inputs: Inputs): Promise<CheckFailure[]> {
    const { context, run, memberships } = this;
    const { accountId } = inputs;
    const stored = olds.accountId === accountId ? listEmails(olds.members) : [];
    const failures = await checkEmails(
      context,
      run,
      memberships,
      accountId,
      stored,
      listEmails(reduceMembers(news).members),
    );
    if (failures.length > 0 || isStored(olds) || this.#isHandedOver(inputs)) return failures;
    return checkOthers(context, run, memberships, inputs);
  }

  /** Removes all members except those that another resource of the program lists. */
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
    await undefinedIfNotFound(this.#replaceMembers(operation, group, remaining, current));
  }

  /** Logs what a change does, and rejects one that removes more people than the settings allow. */
  #announce(id: string, olds: Outputs, news: Inputs, { replaces = [] }: DiffResult): void {
    const { names, removals } = this.run;
    if (replaces.length > 0) {
      this.#movedSets.add(id);
      const isDeclared = this.run.declaredSet({ accountId: olds.accountId, userGroupId: id }) !== undefined;
      if (!isDeclared) logChange(summarizeMembers(id, olds.members, [], names));
      logChange(summarizeMembers(news.userGroupId, [], news.members, names));
      return;
    }
    logChange(summarizeMembers(id, olds.members, news.members, names));
    if (containsUnknown(news.members)) return;
    const keys = new Set(news.members.map(memberKey));
    removals.assertPlanAllowed(this.context.settings, {
      operation: `set the members of ${names.describeGroup(id)}`,
      group: { accountId: olds.accountId, userGroupId: id },
      people: olds.members.filter((member) => !keys.has(memberKey(member))),
      total: olds.members.length,
    });
  }

  /** Sets the members of a group that existed before. Other members are an error, unless this run has removed their set. */
  async #takeOver(
    operation: Operation,
    inputs: Inputs,
    desired: readonly ResolvedMember[],
    current: readonly ApiGroupMember[],
  ): Promise<readonly ApiGroupMember[]> {
    if (!inputs.removeOthers && !this.#isHandedOver(inputs))
      assertNoOthers(operation, inputs, desired, current, this.run.names);
    return this.#replaceMembers(operation, inputs, desired, current);
  }

  /** Whether this run removes the set that the group has now. */
  #isHandedOver({ userGroupId }: Inputs): boolean {
    return this.#sets.isReleased(userGroupId) || this.#movedSets.has(userGroupId);
  }

  async #replaceMembers(
    operation: Operation,
    group: GroupRef,
    desired: readonly { id: string }[],
    current: readonly ApiGroupMember[],
  ): Promise<readonly ApiGroupMember[]> {
    const { names, removals } = this.run;
    const people = without(current, desired);
    const removal = { operation: operation.name, group, people, total: current.length };
    removals.assertWriteAllowed(this.context.settings, removal);
    return replaceMembers(operation, group, desired, current, names);
  }

  /** Rethrows an error, so that the state gets the group's current members, and the next `up` updates it again. */
  #keepWhatIsThere(
    error: unknown,
    id: string,
    inputs: Inputs,
    desired: readonly ResolvedMember[],
    olds?: Outputs,
  ): never {
    if (!(error instanceof MembersDiffer)) throw error;
    const outputs = error.members || !olds ? toOutputs(error.members ?? [], inputs, desired) : olds;
    throw new InitializationFailed(id, keepProvider(outputs, inputs), error);
  }

  async #import(id: string, inputs: Inputs): Promise<CreateResult<Outputs>> {
    this.#sets.recordCreate(id, inputs);
    const what = `the members of the user group (${id})`;
    const group = { accountId: inputs.accountId, userGroupId: id };
    const current = await groupMembers.list(this.context.client.during(`import ${what}`), group);
    const members = addKnownIds(inputs.members, toUserGroupMembersOutputs(current, group).members);
    const outs = toOutputs(current, group, members);
    assertMatchesProgram<UserGroupMembersInputs>(rules.canonicalizers, what, outs, { ...inputs, members });
    return { id, outs };
  }
}

function toOutputs(members: readonly ApiGroupMember[], group: GroupRef, program: readonly MemberRef[]): Outputs {
  return recordNaming(toUserGroupMembersOutputs(members, group, program), namingOf(program));
}
