import { groupMembers } from "../cloudflare/api/groupMembers";
import { userGroups } from "../cloudflare/api/userGroups";
import { CloudflareError } from "../cloudflare/errors";
import type { Operation } from "../cloudflare/operation";
import type { ApiUserGroup, UserGroupBody } from "../cloudflare/schemas";
import { errorMessage } from "../errorMessage";
import type { ProviderContext } from "../providerContext";
import type { ResolvedUserGroupInputs, UserGroupInputs, UserGroupOutputs } from "../resourceTypes";
import { summarizeUserGroup } from "./changeSummary";
import { type CreateRequest, createOnce } from "./createOnce";
import type { CheckResult, DiffResult } from "./engine";
import { GroupLifecycle } from "./groupLifecycle";
import type { ImportOption } from "./importOption";
import { accountIdSchema, objectOf, textSchema, type UncheckedInputs } from "./inputs";
import { adopt, describeAge, findInterruptedCreates, interruptedCreateAdvice, renameAdvice } from "./interruptedCreate";
import type { KnownNames } from "./knownNames";
import { undefinedIfNotFound } from "./notFound";
import { expandPolicies, policySetSchema } from "./policyInputs";
import { PolicyNames } from "./policyNames";
import { updateUserGroup } from "./policyWrites";
import type { RunState } from "./runState";
import { identity, sortedKeys } from "./sets";
import { keepPolicyOrder, policyKey, toUserGroupInputs, toUserGroupOutputs, userGroupBody } from "./userGroupMapping";

/** The lifecycle of a `UserGroup`: what it does not share with other groups. */
export class UserGroupLifecycle extends GroupLifecycle<
  ApiUserGroup,
  UserGroupBody,
  UserGroupInputs,
  UserGroupOutputs,
  ResolvedUserGroupInputs
> {
  readonly policyNames: PolicyNames;

  constructor(context: ProviderContext, run: RunState) {
    super(context, run, {
      displayName: "user group",
      hasUniqueName: true,
      declarations: run.userGroups,
      endpoints: userGroups,
      rules: {
        // Cloudflare documents no maximum for the name, and an import must accept every existing one.
        schema: objectOf({ accountId: accountIdSchema, name: textSchema, policies: policySetSchema }),
        expand: expandPolicies,
        optionalLists: ["policies"],
        canonicalizers: { accountId: identity, name: identity, policies: sortedKeys(policyKey) },
        arrangers: { policies: keepPolicyOrder },
      },
      body: userGroupBody,
      toOutputs: (group, accountId, program) => {
        recordNames(run.names, group);
        return toUserGroupOutputs(group, accountId, program);
      },
      toInputs: toUserGroupInputs,
      timesOf: (group) => ({ created: group.created_on, modified: group.modified_on }),
      summarize: (stored, desired) => summarizeUserGroup(stored, desired, run.names),
    });
    this.policyNames = new PolicyNames(context, run);
  }

  override async check(olds: UncheckedInputs, news: UncheckedInputs): Promise<CheckResult> {
    const { inputs, failures = [] } = await super.check(olds, news);
    const { accountId, importId } = inputs;
    if (failures.length > 0) return { inputs, failures };
    if (typeof importId === "string") {
      this.run.userGroupImports.add(importId);
      if (this.#hasOtherPolicies(importId, accountId))
        failures.push({ property: "import", reason: otherPoliciesReason });
    }
    failures.push(...(await this.policyNames.check(olds, news, inputs)));
    return { inputs, failures };
  }

  override async diff(id: string, olds: UserGroupOutputs, news: UserGroupInputs & ImportOption): Promise<DiffResult> {
    const result = await super.diff(id, olds, news);
    // A refresh declares nothing.
    if (this.run.userGroups.inputsOf(id) && this.#hasOtherPolicies(id, news.accountId))
      throw new Error(
        errorMessage({
          operation: `manage the user group ${JSON.stringify(news.name)} (${id})`,
          reason: `its id ${otherPoliciesReason}.`,
          advice: "remove the UserGroupPolicies from the program; the group and its policies stay.",
        }),
      );
    return result;
  }

  protected override async resolveNames(
    inputs: UserGroupInputs,
    operation: { readonly name: string },
  ): Promise<ResolvedUserGroupInputs> {
    const policies = await this.policyNames.resolve(inputs.policies, inputs.accountId, operation);
    return { ...inputs, policies };
  }

  protected override async addKnownIds(stored: UserGroupOutputs, desired: UserGroupInputs): Promise<UserGroupInputs> {
    return { ...desired, policies: await this.policyNames.addKnownIds(stored, desired) };
  }

  /** The program still needs a group when it now manages only the policies of the group. */
  protected override isKept(id: string, stored: UserGroupOutputs): boolean {
    return super.isKept(id, stored) || this.#hasOtherPolicies(id, this.context.accountOf(stored));
  }

  #hasOtherPolicies(userGroupId: string, accountId: string): boolean {
    return this.run.declaredPolicies({ accountId, userGroupId }) !== undefined;
  }

  protected override createGroup(
    inputs: ResolvedUserGroupInputs,
    request: CreateRequest<ApiUserGroup>,
  ): Promise<ApiUserGroup> {
    return createOnce(this.context, this.run, request).catch((error) => this.#resolveTakenName(error, inputs, request));
  }

  protected override updateGroup(
    operation: Operation,
    id: string,
    _olds: UserGroupOutputs,
    news: ResolvedUserGroupInputs,
    changes: Partial<UserGroupBody>,
  ): Promise<ApiUserGroup | null | undefined> {
    return updateUserGroup(operation, news.accountId, id, changes, (group) => this.matchesDesired(group, news));
  }

  /** A deletion takes the group's permissions from all its members. */
  protected override async assertDeletable(userGroupId: string, accountId: string, what: string): Promise<void> {
    const { settings } = this.context;
    if (!this.run.removals.isActive(settings)) return;
    const group = { accountId, userGroupId };
    const operation = this.context.client.during(`delete ${what}`);
    const people = (await undefinedIfNotFound(groupMembers.list(operation, group))) ?? [];
    this.run.removals.assertWriteAllowed(settings, { operation: operation.name, group, people, total: people.length });
  }

  /** Names are unique in an account. Nothing existing is adopted, unless the user asked for it. */
  async #resolveTakenName(
    error: unknown,
    inputs: UserGroupInputs,
    request: CreateRequest<ApiUserGroup>,
  ): Promise<ApiUserGroup> {
    if (!(error instanceof CloudflareError) || !isNameTaken(error)) throw error;
    const [holder] = await request.findByName();
    if (!holder) throw error;
    if (this.run.ownsGroup(holder.id))
      throw error.withAdvice(
        `another resource of this program has the name (${holder.id}). Give one of the two another name, or remove one.`,
      );
    const [interrupted] = findInterruptedCreates(this.context, this.run, request, [holder]);
    const isUnused = interrupted !== undefined && !(await this.#hasMembers(holder.id, inputs.accountId, request.what));
    if (isUnused && this.context.settings.adoptInterruptedCreates) return adopt(this.run, request.what, holder);
    const otherwise = isUnused
      ? interruptedCreateAdvice(holder.id)
      : `if nothing else manages it, give the resource the option { import: "${holder.id}" }. Or choose another name.`;
    throw error.withAdvice(
      `the user group ${holder.id}, ${describeAge(this.context, holder.created_on)}, has this name: ${renameAdvice}; ${otherwise}`,
    );
  }

  async #hasMembers(userGroupId: string, accountId: string, what: string): Promise<boolean> {
    const operation = this.context.client.during(`read the members of ${what}`);
    const members = await undefinedIfNotFound(groupMembers.list(operation, { accountId, userGroupId }));
    // A group that is some seconds old may return 404 for its members, because it has none yet.
    return members !== undefined && members.length > 0;
  }
}

const otherPoliciesReason =
  "is also the group of a UserGroupPolicies of this program, and the two undo each other: give the UserGroup these " +
  "policies, or use only UserGroupPolicies";

/** Records the names in a response, so that a change of the policies needs no ids to describe it. */
function recordNames(names: KnownNames, { id, name, policies }: ApiUserGroup): void {
  names.record(id, name);
  for (const { permission_groups, resource_groups } of policies ?? [])
    for (const group of [...(permission_groups ?? []), ...(resource_groups ?? [])])
      if (group.id) names.record(group.id, group.name);
}

function isNameTaken({ status, details: { messages = [] } }: CloudflareError): boolean {
  return (
    (status === 400 || status === 409) && messages.some(({ message }) => /already|in use|exists|taken/i.test(message))
  );
}
