import { groupMembers } from "../cloudflare/api/groupMembers";
import { userGroups } from "../cloudflare/api/userGroups";
import { CloudflareError } from "../cloudflare/errors";
import type { Operation } from "../cloudflare/operation";
import type { ApiUserGroup, UserGroupBody } from "../cloudflare/schemas";
import type { ProviderContext } from "../providerContext";
import type { UserGroupInputs, UserGroupOutputs } from "../resourceTypes";
import { summarizeUserGroup } from "./changeSummary";
import { type CreateRequest, createOnce } from "./createOnce";
import { GroupLifecycle } from "./groupLifecycle";
import { accountIdSchema, idSetSchema, nameSchema, objectOf, oneOf, setOf } from "./inputs";
import { adopt, describeAge, findInterruptedCreates, interruptedCreateAdvice, renameAdvice } from "./interruptedCreate";
import type { KnownNames } from "./knownNames";
import { undefinedIfNotFound } from "./notFound";
import { resourceGroupSetSchema } from "./resourceGroupRefs";
import type { RunState } from "./runState";
import { identity, sortedKeys } from "./sets";
import {
  addPolicyIds,
  keepPolicyOrder,
  policyKey,
  toUserGroupInputs,
  toUserGroupOutputs,
  userGroupBody,
} from "./userGroupMapping";

const policySchema = objectOf({
  access: oneOf(["allow", "deny"]),
  permissionGroups: idSetSchema,
  resourceGroups: resourceGroupSetSchema,
});

const maxAttemptsWithPolicyIds = 3;

/** The lifecycle of a `UserGroup`: what it does not share with other groups. */
export class UserGroupLifecycle extends GroupLifecycle<ApiUserGroup, UserGroupBody, UserGroupInputs, UserGroupOutputs> {
  constructor(context: ProviderContext, run: RunState) {
    super(context, run, {
      displayName: "user group",
      hasUniqueName: true,
      declarations: run.userGroups,
      endpoints: userGroups,
      rules: {
        schema: objectOf({ accountId: accountIdSchema, name: nameSchema, policies: setOf(policySchema, policyKey) }),
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
  }

  protected override createGroup(inputs: UserGroupInputs, request: CreateRequest<ApiUserGroup>): Promise<ApiUserGroup> {
    return createOnce(this.context, this.run, request).catch((error) => this.#resolveTakenName(error, inputs, request));
  }

  protected override updateGroup(
    operation: Operation,
    id: string,
    _olds: UserGroupOutputs,
    news: UserGroupInputs,
    changes: Partial<UserGroupBody>,
  ): Promise<ApiUserGroup | null | undefined> {
    return userGroups
      .update(operation, news.accountId, id, changes)
      .catch((error) => this.#retryWithPolicyIds(error, operation, id, news, changes));
  }

  /** Everybody in the group loses what its policies allow. */
  protected override async assertDeletable(userGroupId: string, accountId: string, what: string): Promise<void> {
    const { settings } = this.context;
    if (!this.run.removals.isActive(settings)) return;
    const group = { accountId, userGroupId };
    const operation = this.context.client.during(`delete ${what}`);
    const people = (await undefinedIfNotFound(groupMembers.list(operation, group))) ?? [];
    this.run.removals.assertWriteAllowed(settings, { operation: operation.name, group, people, total: people.length });
  }

  /** Sends a rejected change again with the policies' current ids, when the rejection asks for them. */
  async #retryWithPolicyIds(
    rejection: unknown,
    operation: Operation,
    id: string,
    news: UserGroupInputs,
    changes: Partial<UserGroupBody>,
  ): Promise<ApiUserGroup | null | undefined> {
    if (!changes.policies || !requiresPolicyIds(rejection)) throw rejection;
    // An attempt whose response is lost changes the ids. Then the group is already right, or it needs newer ids.
    for (let attempt = 1; attempt <= maxAttemptsWithPolicyIds; attempt++) {
      const current = await userGroups.get(operation, news.accountId, id);
      if (attempt > 1 && this.matchesDesired(current, news)) return current;
      const policies = addPolicyIds(changes.policies, current.policies ?? []);
      try {
        return await userGroups.update(operation, news.accountId, id, { ...changes, policies });
      } catch (error) {
        if (!isInvalidRequest(error)) throw error;
        if (!requiresPolicyIds(error)) break;
      }
    }
    // Later rejections may only complain about the ids, so the first one is reported.
    throw rejection;
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
    // A group that is some seconds old may answer 404 for its members: it has none yet.
    return members !== undefined && members.length > 0;
  }
}

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

function isInvalidRequest(error: unknown): error is CloudflareError {
  return error instanceof CloudflareError && (error.status === 400 || error.status === 422);
}

/**
 * Whether Cloudflare rejected policies because they have no ids.
 *
 * The API reference requires each policy's id in a `PUT`, but the live API has rejected exactly that. So policies are sent
 * without ids first, and this recognizes the rejection if the reference is right.
 */
function requiresPolicyIds(error: unknown): boolean {
  if (!isInvalidRequest(error)) return false;
  return (error.details.messages ?? []).some(
    ({ message, source }) =>
      !/re-?us/i.test(message) &&
      (/^\/policies\/\d+\/id$/.test(source?.pointer ?? "") || (/polic/i.test(message) && /\bids?\b/i.test(message))),
  );
}
