import { type GroupRef, groupMembers } from "../cloudflare/api/groupMembers";
import { CloudflareError } from "../cloudflare/errors";
import type { Operation } from "../cloudflare/operation";
import type { ApiGroupMember } from "../cloudflare/schemas";
import type { Configuration } from "../config";
import { errorMessage } from "../errorMessage";
import type { ProviderContext } from "../providerContext";
import type { UserGroupMemberInputs, UserGroupMemberOutputs } from "../resourceTypes";
import { logChange, summarizeMembers } from "./changeSummary";
import {
  type CheckResult,
  type CreateResult,
  containsUnknown,
  type DiffResult,
  type ReadResult,
  type ResourceProvider,
  type UpdateResult,
} from "./engine";
import { toUserGroupMemberOutputs } from "./groupMembersMapping";
import { removeMember } from "./groupMemberWrites";
import { assertMatchesProgram, type ImportOption, rejectReplaceOfImport } from "./importOption";
import {
  accountIdSchema,
  checkInputs,
  type InputRules,
  idSchema,
  isStored,
  objectOf,
  personIdSchema,
  type UncheckedInputs,
} from "./inputs";
import { checkEmails, locateEmail } from "./memberChecks";
import { isStoredByEmail, recordNamingOfOne } from "./memberNaming";
import { emailSchema, normalizeEmail, type ResolvedMember } from "./memberRefs";
import { findMember, type Memberships } from "./memberships";
import { InitializationFailed, keepProvider, missingResult, toError, undefinedIfNotFound } from "./notFound";
import type { RunState } from "./runState";
import { type Canonicalizers, changedProperties, identity, toDiffResult } from "./sets";

type Inputs = ImportOption & UserGroupMemberInputs;
type Outputs = UserGroupMemberOutputs;

const schema = objectOf({
  accountId: accountIdSchema,
  userGroupId: idSchema,
  memberId: personIdSchema.optional(),
  email: emailSchema.optional(),
}).superRefine(
  ({ memberId, email }, context) => {
    if (memberId == null && email == null)
      context.addIssue({ code: "custom", path: ["memberId"], message: "is required unless email is set" });
    else if (memberId != null && email != null && !containsUnknown([memberId, email]))
      context.addIssue({ code: "custom", path: ["email"], message: "is set beside memberId: give one of the two" });
  },
  // It also runs when another property is invalid or unknown, so that one check reports every failure.
  { when: () => true },
);

const rules: InputRules<UserGroupMemberInputs> = {
  schema,
  optionalLists: [],
  canonicalizers: { accountId: identity, userGroupId: identity, memberId: identity, email: normalizeEmail },
};

/** The lifecycle of a `UserGroupMember`, in the engine's order. */
export class UserGroupMemberLifecycle implements ResourceProvider<Inputs, Outputs> {
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
    this.run.members.recordCheck(inputs, isStored(olds));
    if (this.run.declaredSet(inputs) !== undefined)
      failures.push({
        property: "userGroupId",
        reason:
          "is also the group of a UserGroupMembers, and the two undo each other: list the person there, or use only " +
          "UserGroupMember for this group",
      });
    if (inputs.importId !== undefined && !parseId(inputs.importId))
      failures.push({ property: "import", reason: `must be ${idFormat}` });
    const { accountId, email } = inputs;
    const stored = olds.accountId === accountId ? locateEmail("email", olds.email) : [];
    const desired = locateEmail("email", email);
    failures.push(...(await checkEmails(this.context, this.run, this.memberships, accountId, stored, desired)));
    return { inputs, failures };
  }

  async diff(id: string, olds: Outputs, news: Inputs): Promise<DiffResult> {
    const changed = changedProperties<UserGroupMemberInputs>(canonicalizersFor(news), olds, news);
    const replacing = ["accountId", "userGroupId", "memberId", "email"] as const;
    const result = rejectReplaceOfImport(news, toDiffResult(changed, replacing));
    const isDeclared = this.run.members.recordDiff(id, news, result);
    if (isDeclared && result.changes !== false) this.#announce(olds, news);
    if (isDeclared && changed.has("email") && !containsUnknown(news)) this.run.replacements.set(id, news);
    return result;
  }

  async create(inputs: Inputs): Promise<CreateResult<Outputs>> {
    const { importId } = inputs;
    const outs = importId === undefined ? await this.#addMember(inputs) : await this.#import(importId, inputs);
    return { id: `${outs.userGroupId}/${outs.memberId}`, outs };
  }

  async read(id: string, stored: Partial<Outputs> = {}): Promise<ReadResult> {
    const { userGroupId, memberId } = parseIdOrThrow(id, `read the member ${JSON.stringify(id)} of a user group`);
    const group = { accountId: this.context.accountOf(stored), userGroupId };
    const what = `the member ${memberId} of the user group ${userGroupId}`;
    const isManaged = stored.memberId !== undefined;
    // A refresh reads all members that the program manages, and one list serves them. A `get` asks for a single one.
    const member = isManaged
      ? findMember(await this.memberships.readShared(group), memberId)
      : await this.memberships.readSingle(group, memberId);
    if (!member) return missingResult(isManaged, what, group.accountId);
    const isByEmail = isStoredByEmail(stored);
    const props = recordNamingOfOne(toUserGroupMemberOutputs(member, group, stored), isByEmail);
    return { id, props, inputs: { ...group, ...(isByEmail && props.email ? { email: props.email } : { memberId }) } };
  }

  /** Every other difference replaces the resource, so this repairs a resource that has not changed. */
  async update(id: string, _olds: Outputs, news: Inputs): Promise<UpdateResult<Outputs>> {
    const { memberId } = parseIdOrThrow(id, `add the member ${JSON.stringify(id)} to a user group`);
    return { outs: await this.#addMember(news, memberId) };
  }

  async delete(id: string, stored: Outputs): Promise<void> {
    const { userGroupId, memberId } = parseIdOrThrow(id, `remove the member ${JSON.stringify(id)} of a user group`);
    const group = { accountId: this.context.accountOf(stored), userGroupId };
    const operation = this.context.client.during(
      `remove ${stored.email ?? memberId} from the user group ${userGroupId}`,
    );
    const replacement = this.run.replacements.get(id);
    // The replacement is created after this deletion. Nobody may lose access because the new email turns out to be wrong.
    if (replacement) await this.#resolveMember(replacement, operation);
    await this.memberships.runExclusive(group, async () => {
      const member = { id: memberId, email: stored.email };
      if (await this.#isDeclared(group, member, operation)) return;
      await this.#assertRemovable(group, member, operation);
      await removeMember(operation, group, member, this.run.names);
    });
  }

  /** The engine deletes single members one by one, so this counts those that the run has removed from the group. */
  async #assertRemovable(group: GroupRef, member: { id: string; email?: string | undefined }, operation: Operation) {
    const { settings } = this.context;
    if (!this.run.removals.isActive(settings)) return;
    const current = (await undefinedIfNotFound(groupMembers.list(operation, group))) ?? [];
    if (!findMember(current, member.id)) return;
    const removal = { operation: operation.name, group, people: [member], total: current.length };
    this.run.removals.assertWriteAllowed(settings, removal);
  }

  /** Logs who leaves a group and who enters one. */
  #announce(olds: Outputs, news: Inputs): void {
    const { names } = this.run;
    const [before, after] = [
      { id: olds.memberId, email: olds.email },
      { id: news.memberId, email: news.email },
    ];
    if (olds.userGroupId === news.userGroupId) {
      logChange(summarizeMembers(olds.userGroupId, [before], [after], names));
      return;
    }
    logChange(summarizeMembers(olds.userGroupId, [before], [], names));
    logChange(summarizeMembers(news.userGroupId, [], [after], names));
  }

  /** Whether another resource of the program keeps this member in the group, such as its replacement. */
  async #isDeclared(group: GroupRef, { id }: { id: string }, operation: Operation): Promise<boolean> {
    const declared = [...this.run.declaredMembers(group), ...(this.run.declaredSet(group) ?? [])];
    if (declared.some((ref) => ref.id === id)) return true;
    if (declared.every((ref) => ref.email === undefined)) return false;
    // The email in the state may now belong to somebody else.
    const current = (await undefinedIfNotFound(groupMembers.list(operation, group))) ?? [];
    const { accountMembers } = this.memberships;
    const kept = await accountMembers.selectMembers(current, declared, group.accountId);
    return kept.some((member) => member.id === id);
  }

  /** @param expectedId The resource's current member, because an update cannot change the resource's id. */
  async #addMember(inputs: Inputs, expectedId?: string): Promise<Outputs> {
    const operation = this.context.client.during(
      `add ${inputs.email ?? inputs.memberId} to the user group ${inputs.userGroupId}`,
    );
    const member = await this.#resolveMember(inputs, operation);
    const { id } = member;
    if (expectedId !== undefined && id !== expectedId)
      throw new Error(
        errorMessage({
          operation: operation.name,
          reason: `the email belongs to the member ${id} now, and this resource has the member ${expectedId}.`,
          advice: "run `pulumi up --refresh`: it replaces the resource.",
        }),
      );
    return this.memberships.runExclusive(inputs, async () => {
      const response = await groupMembers.add(operation, inputs, [member]).catch((error) => {
        if (error instanceof CloudflareError && error.outcomeUnknown) return toError(error);
        throw error;
      });
      if (!(response instanceof Error)) {
        const added = findMember(response, id);
        if (added) return toOutputs(added, inputs, member);
      }
      const listed = await groupMembers.list(operation, inputs).catch(() => undefined);
      const added = findMember(listed, id);
      if (added) return toOutputs(added, inputs, member);
      const failure =
        response instanceof Error
          ? response
          : new Error(
              errorMessage({
                operation: operation.name,
                reason: `Cloudflare accepted the change, but ${id} was not in the group afterwards.`,
                advice: "run the same command again; something else may be changing the same group.",
              }),
            );
      if (listed && failure !== response) throw failure;
      // The member may be in the group. The state keeps the resource, and the next `up` adds the member again.
      const outputs = toOutputs({ id }, inputs, member);
      throw new InitializationFailed(`${inputs.userGroupId}/${id}`, keepProvider(outputs, inputs), failure);
    });
  }

  async #resolveMember(
    { accountId, memberId: id, email }: UserGroupMemberInputs,
    operation: Operation,
  ): Promise<ResolvedMember> {
    const [member] = await this.memberships.accountMembers.resolveMembers([{ id, email }], accountId, operation);
    if (!member) throw new Error(`Could not ${operation.name}: no member is named.`);
    return member;
  }

  async #import(id: string, inputs: Inputs): Promise<Outputs> {
    const { userGroupId, memberId } = parseIdOrThrow(id, `import ${JSON.stringify(id)}`);
    const what = `the member ${memberId} of the user group ${userGroupId}`;
    const group = { accountId: inputs.accountId, userGroupId };
    const member = await this.memberships.readSingle(group, memberId);
    if (!member)
      throw new Error(
        errorMessage({
          operation: `import ${what}`,
          reason: (await this.memberships.readShared(group))
            ? "the group has no member with this id."
            : "the user group does not exist.",
          advice: "check the id; to add the person, remove the option `import`.",
        }),
      );
    const outs = toOutputs(member, inputs);
    assertMatchesProgram<UserGroupMemberInputs>(canonicalizersFor(inputs), what, outs, inputs);
    return outs;
  }
}

function toOutputs(member: ApiGroupMember, inputs: Inputs, known: { email?: string | undefined } = {}): Outputs {
  return recordNamingOfOne(toUserGroupMemberOutputs(member, inputs, known), inputs.email !== undefined);
}

/** Returns the canonicalizers of the properties that the program sets: it names a member by id or by email. */
function canonicalizersFor(program: UserGroupMemberInputs): Canonicalizers<UserGroupMemberInputs> {
  return program.email === undefined
    ? { accountId: identity, userGroupId: identity, memberId: identity }
    : { accountId: identity, userGroupId: identity, email: normalizeEmail };
}

const idFormat = "<id of the user group>/<id of the member>";

function parseId(id: unknown): { userGroupId: string; memberId: string } | undefined {
  const [, userGroupId, memberId] = /^([\w-]+)\/([\w-]+)$/.exec(String(id)) ?? [];
  return userGroupId !== undefined && memberId !== undefined ? { userGroupId, memberId } : undefined;
}

function parseIdOrThrow(id: string, operation: string): { userGroupId: string; memberId: string } {
  const parsed = parseId(id);
  if (parsed) return parsed;
  throw new Error(`Could not ${operation}: its id must be ${idFormat}.`);
}
