import { CloudflareError } from "../cloudflare/errors";
import type { ProviderContext } from "../providerContext";
import { InitializationFailed } from "./notFound";
import type { RunState } from "./runState";

// Cloudflare has no idempotency keys. When the response to a POST is lost, only a search in the account shows whether it
// created the object.

/** How one group is created, found and recognized. */
export interface CreateRequest<Group extends { id: string }> {
  /** The group for messages: `the user group "Admins"`. */
  what: string;
  /** The inputs, which the state keeps when a group was created but cannot be used. */
  inputs: object;
  /** Whether Cloudflare rejects a second group of this name, so that a lost request may be sent again. */
  hasUniqueName: boolean;
  post(): Promise<Group>;
  /** Lists the groups that have exactly the desired name. */
  findByName(): Promise<Group[]>;
  /** Whether a group exactly matches the program. */
  matchesDesired(group: Group): boolean;
  timesOf(group: Group): { created: string; modified: string };
}

/** The tolerance between two clocks, and for the resolution of times. */
const clockToleranceMs = 5_000;

const maxAttempts = 3;

// One search is enough before a retry. When a retry could create a second group, the request is not sent again. Then the
// searches continue for as long as Cloudflare may still be processing it.
const lookBeforeRetryMs = [1_000];
const lookWithoutRetryMs = [1_000, 2_000, 4_000, 8_000, 15_000];

/**
 * Creates a group exactly once. A lost response creates no second group and loses no group.
 *
 * After a `POST` with an unknown outcome it looks for the group: created since, exactly as desired, and known to no other
 * resource of the run.
 *
 * @throws InitializationFailed for a group that was created with a response that cannot be used.
 * @throws CloudflareError for a rejection, and for a group that may exist but cannot be identified.
 */
export async function createOnce<Group extends { id: string }>(
  context: ProviderContext,
  run: RunState,
  request: CreateRequest<Group>,
): Promise<Group> {
  const startedAt = context.clock.now();
  let lost: CloudflareError | undefined;
  for (let attempt = 1; ; attempt++) {
    try {
      const group = await request.post();
      run.createdGroupIds.add(group.id);
      return group;
    } catch (error) {
      if (!(error instanceof CloudflareError)) throw error;
      const { createdId } = error.details;
      if (createdId) {
        run.createdGroupIds.add(createdId);
        throw new InitializationFailed(createdId, request.inputs, error);
      }
      if (error.outcomeUnknown) lost = error;
      // The lost request may have taken the name, which causes this rejection.
      if (!lost) throw error;
      const mayRetry = request.hasUniqueName || isOver(lost);
      const created = await lookForCreated(context, run, request, { startedAt, lost, mayRetry });
      if (created) return created;
      if (!error.outcomeUnknown) throw error;
      if (!mayRetry || attempt === maxAttempts) throw lost.withAdvice(mayExistAdvice(request.what));
    }
  }
}

/** Whether Cloudflare itself sent the response, so that it has finished the request. A gateway's response proves nothing. */
function isOver({ details }: CloudflareError): boolean {
  return details.messages !== undefined;
}

async function lookForCreated<Group extends { id: string }>(
  { client, clock }: ProviderContext,
  run: RunState,
  request: CreateRequest<Group>,
  { startedAt, lost, mayRetry }: { startedAt: number; lost: CloudflareError; mayRetry: boolean },
): Promise<Group | undefined> {
  for (const waitMs of mayRetry ? lookBeforeRetryMs : lookWithoutRetryMs) {
    // A cancelled run reports the lost response.
    await clock.sleep(waitMs).catch(() => Promise.reject(lost.withAdvice(mayExistAdvice(request.what))));
    const sameName = await findAfterLostResponse(lost, request);
    const since = client.cloudflareTime - (clock.now() - startedAt) - clockToleranceMs;
    const [created, another] = sameName.filter(
      (group) =>
        request.matchesDesired(group) &&
        Date.parse(request.timesOf(group).created) >= since &&
        !run.ownsGroup(group.id),
    );
    if (created && another)
      throw lost.withAdvice(
        `several groups of this name and content were just created: ${created.id} and ${another.id}. Find out which one ` +
          `belongs to nothing else, give the resource the option { import: "<its id>" }, and delete the others.`,
      );
    if (created) {
      run.createdGroupIds.add(created.id);
      return created;
    }
  }
  return undefined;
}

async function findAfterLostResponse<Group extends { id: string }>(
  lost: CloudflareError,
  request: CreateRequest<Group>,
): Promise<Group[]> {
  try {
    return await request.findByName();
  } catch (lookError) {
    throw lost.withAdvice(
      `${mayExistAdvice(request.what)} Looking for it failed too: ` +
        `${lookError instanceof Error ? lookError.message : lookError}`,
    );
  }
}

function mayExistAdvice(what: string): string {
  return `${what} may exist now. Run \`pulumi up\` again: it looks for the group before it creates one, and says what to do.`;
}
