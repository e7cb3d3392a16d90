import type { GroupRef } from "../cloudflare/api/groupMembers";
import { userGroups } from "../cloudflare/api/userGroups";
import { CloudflareError } from "../cloudflare/errors";
import type { Operation } from "../cloudflare/operation";
import type { ApiUserGroup } from "../cloudflare/schemas";
import type { Configuration } from "../config";
import type { ProviderContext } from "../providerContext";
import type { UserGroupPoliciesInputs, UserGroupPoliciesOutputs, UserGroupPolicy } from "../resourceTypes";
import { logWarning } from "../terminalText";
import type { CheckResult, CreateResult, DiffResult, ReadResult, ResourceProvider, UpdateResult } from "./engine";
import { GroupSets } from "./groupSets";
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
import { InitializationFailed, keepProvider, missingResult, toError, undefinedIfNotFound } from "./notFound";
import { expandPolicies, policySetSchema } from "./policyInputs";
import { toPolicyInputs } from "./policyRefs";
import { updateUserGroup } from "./policyWrites";
import type { RunState } from "./runState";
import { changedProperties, identity, sameSet, sortedKeys, toDiffResult } from "./sets";
import type { UserGroupLifecycle } from "./userGroup";
import { describePolicy, policyKey, toPolicies, toPoliciesBody, unlistedPolicies } from "./userGroupMapping";

type Inputs = ImportOption & UserGroupPoliciesInputs;
type Outputs = UserGroupPoliciesOutputs;

const rules: InputRules<UserGroupPoliciesInputs> = {
  schema: objectOf({ accountId: accountIdSchema, userGroupId: idSchema, policies: policySetSchema }),
  expand: expandPolicies,
  optionalLists: [],
  canonicalizers: { accountId: identity, userGroupId: identity, policies: sortedKeys(policyKey) },
};

const setWords = {
  part: "policies",
  twice:
    "is the group of two UserGroupPolicies of this program, and the two undo each other: list every policy in one of them",
};

/** The lifecycle of `UserGroupPolicies`, in the engine's order. */
export class UserGroupPoliciesLifecycle implements ResourceProvider<Inputs, Outputs> {
  readonly #sets: GroupSets<UserGroupPoliciesInputs>;

  /** @param userGroup The lifecycle that reads the groups, so that one list serves the resources of both types. */
  constructor(
    private readonly context: ProviderContext,
    private readonly run: RunState,
    private readonly userGroup: UserGroupLifecycle,
  ) {
    this.#sets = new GroupSets(run.policySets, setWords);
  }

  async configure({ config }: { config: Configuration }): Promise<void> {
    this.context.configure(config);
  }

  async check(olds: UncheckedInputs, news: UncheckedInputs): Promise<CheckResult> {
    const { inputs, failures = [] } = checkInputs(olds, news, this.context, rules);
    if (failures.length > 0) return { inputs, failures };
    failures.push(...this.#sets.recordCheck(inputs, isStored(olds)));
    if (this.run.declaresUserGroup(inputs.userGroupId))
      failures.push({
        property: "userGroupId",
        reason:
          "is also a UserGroup of this program, and the two undo each other: give the UserGroup these policies, or " +
          "use only UserGroupPolicies and take the UserGroup out of the stack with `pulumi state delete <urn>`",
      });
    failures.push(...(await this.userGroup.policyNames.check(olds, news, inputs)));
    return { inputs, failures };
  }

  async diff(id: string, olds: Outputs, news: Inputs): Promise<DiffResult> {
    const policies = await this.userGroup.policyNames.addKnownIds(olds, news);
    const changed = changedProperties<UserGroupPoliciesInputs>(rules.canonicalizers, olds, { ...news, policies });
    const result = rejectReplaceOfImport(news, toDiffResult(changed, ["accountId", "userGroupId"]));
    this.#sets.recordDiff(id, news, result);
    return result;
  }

  async create(inputs: Inputs): Promise<CreateResult<Outputs>> {
    const { accountId, importId, userGroupId: id } = inputs;
    if (importId !== undefined) return this.#import(importId, inputs);
    this.#sets.recordCreate(id, inputs);
    const operation = this.context.client.during(`set the policies of the user group ${id}`);
    const policies = await this.#resolve(inputs, operation);
    const before = await userGroups.get(operation, accountId, id);
    if (isSame(before, policies)) return { id, outs: toOutputs(before, inputs, policies) };
    const stored = { accountId, userGroupId: id, policies: [] };
    const group = await this.#setPolicies(operation, { ...inputs, policies }, stored);
    logRemoved(id, before, policies);
    return { id, outs: toOutputs(group, inputs, policies) };
  }

  async read(id: string, stored: Partial<Outputs> = {}): Promise<ReadResult> {
    const accountId = this.context.accountOf(stored);
    const what = `the policies of the user group ${id}`;
    const group = await this.userGroup.readShared(accountId, id, what);
    if (!group) return missingResult(stored.policies !== undefined, what, accountId);
    const props = toOutputs(group, { accountId, userGroupId: id }, stored.policies);
    return { id, props, inputs: { ...props, policies: toPolicyInputs(props.policies) } };
  }

  /** Also repairs a resource that has not changed: after a write with an unknown outcome it reads the group first. */
  async update(id: string, olds: Outputs, news: Inputs): Promise<UpdateResult<Outputs>> {
    const { accountId } = news;
    const operation = this.context.client.during(`set the policies of the user group ${id}`);
    const policies = await this.#resolve(news, operation);
    const current = sameSet(olds.policies, policies, policyKey)
      ? await userGroups.get(operation, accountId, id)
      : undefined;
    const isDone = current !== undefined && isSame(current, policies);
    const group = isDone ? current : await this.#setPolicies(operation, { ...news, policies }, olds);
    return { outs: toOutputs(group, news, policies) };
  }

  async delete(id: string, stored: Outputs): Promise<void> {
    const group = { accountId: this.context.accountOf(stored), userGroupId: id };
    const isKept = this.run.declaredPolicies(group) !== undefined || this.run.declaresUserGroup(id);
    if (isKept)
      logWarning(`Keeping the policies of the user group ${id}, because another resource of the program sets them.`);
    else await undefinedIfNotFound(this.#clear(group));
    this.#sets.recordDelete(id);
  }

  async #clear(group: GroupRef): Promise<void> {
    const { accountId, userGroupId: id } = group;
    const operation = this.context.client.during(`remove the policies of the user group ${id}`);
    const before = await userGroups.get(operation, accountId, id);
    if (isSame(before, [])) return;
    const write = updateUserGroup(operation, accountId, id, toPoliciesBody([]), (current) => isSame(current, []));
    await this.userGroup.trackWrite(accountId, write);
    logRemoved(id, before, []);
  }

  /**
   * Replaces all policies of a group, and returns the group.
   *
   * The request has neither a name nor members: an identity provider that owns the group rejects a change of those.
   *
   * @param olds The outputs that the state keeps when the group's policies are unknown afterwards.
   * @throws InitializationFailed when the group has or may have other policies; CloudflareError when nothing was written.
   */
  async #setPolicies(operation: Operation, desired: Inputs & Outputs, olds: Outputs): Promise<ApiUserGroup> {
    const { accountId, userGroupId: id, policies } = desired;
    const isDesired = (group: ApiUserGroup) => isSame(group, policies);
    const get = () => userGroups.get(operation, accountId, id);
    let isWritten = false;
    const write = async () => {
      const response = await updateUserGroup(operation, accountId, id, toPoliciesBody(policies), isDesired);
      isWritten = true;
      return response ?? (await get());
    };
    try {
      return await this.userGroup.trackWrite(accountId, write());
    } catch (error) {
      if (!isWritten && error instanceof CloudflareError && !error.outcomeUnknown) throw error;
      const current = await get().catch(() => undefined);
      if (current && isDesired(current)) return current;
      const outputs = current ? toOutputs(current, desired, policies) : olds;
      throw new InitializationFailed(id, keepProvider(outputs, desired), toError(error));
    }
  }

  async #import(id: string, inputs: Inputs): Promise<CreateResult<Outputs>> {
    this.#sets.recordCreate(id, inputs);
    const what = `the policies of the user group (${id})`;
    const operation = this.context.client.during(`import ${what}`);
    const policies = await this.#resolve(inputs, operation);
    const group = await userGroups.get(operation, inputs.accountId, id);
    const outs = toOutputs(group, { accountId: inputs.accountId, userGroupId: id }, policies);
    assertMatchesProgram<UserGroupPoliciesInputs>(rules.canonicalizers, what, outs, { ...inputs, policies });
    return { id, outs };
  }

  #resolve({ policies, accountId }: Inputs, operation: Operation): Promise<UserGroupPolicy[]> {
    return this.userGroup.policyNames.resolve(policies, accountId, operation);
  }
}

function toOutputs(
  group: ApiUserGroup,
  { accountId, userGroupId }: GroupRef,
  program?: readonly UserGroupPolicy[],
): Outputs {
  return { accountId, userGroupId, policies: toPolicies(group, program) };
}

function isSame(group: ApiUserGroup, policies: readonly UserGroupPolicy[]): boolean {
  return sameSet(toPolicies(group, policies), policies, policyKey);
}

/** Logs the policies that a write has removed, because the program does not list them. */
function logRemoved(userGroupId: string, before: ApiUserGroup, desired: readonly UserGroupPolicy[]): void {
  const removed = unlistedPolicies(before, desired).map(describePolicy);
  if (removed.length > 0) logWarning(`Removed policies from the user group ${userGroupId}: ${removed.join("; ")}.`);
}
