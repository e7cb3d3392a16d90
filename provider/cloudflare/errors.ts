import type { ApiMessage } from "./wire";

/** What is known of a call that did not succeed. */
export interface Failure {
  /** What was being done, to which resource: `create the user group "admins"`. */
  doing: string;
  /** Method and path of the call, without host and query. */
  call: string;
  /** What came of it: `answered 409 Conflict`, `got no answer (ECONNRESET)`. */
  outcome: string;
  /** The HTTP status, where there was an answer. */
  status?: number | undefined;
  /** Whether nobody knows if the call did its work. */
  isFateUnknown?: boolean;
  /** Cloudflare's own codes and messages; absent when the body was not Cloudflare's. */
  messages?: ApiMessage[] | undefined;
  /** The object that the call created all the same. */
  createdId?: string | undefined;
  /** What Cloudflare's support asks for. */
  ray?: string | undefined;
  /** What to do next. */
  hint?: string | undefined;
}

/**
 * A call to Cloudflare that did not succeed, told so that it can be acted on from a pipeline's log alone.
 *
 * It carries nothing of the request but method and path: the request's headers hold the credential.
 */
export class CloudflareError extends Error {
  constructor(readonly failure: Failure) {
    super(messageOf(failure));
    this.name = "CloudflareError";
  }

  get status(): number | undefined {
    return this.failure.status;
  }

  /** Whether nobody knows if the call did its work: there was no answer, or a gateway's. */
  get isFateUnknown(): boolean {
    return this.failure.isFateUnknown ?? false;
  }

  get codes(): number[] {
    return this.failure.messages?.map(({ code }) => code) ?? [];
  }

  /** The same failure with better advice, for a caller that knows more than the status tells. */
  withHint(hint: string): CloudflareError {
    return new CloudflareError({ ...this.failure, hint });
  }

  /**
   * Whether Cloudflare itself says that the object does not exist.
   *
   * A 404 of a proxy, or one that says that there is no such route (a wrong base URL), says nothing about the object: to
   * believe it would drop a resource that is still there.
   */
  get isGone(): boolean {
    return this.status === 404 && this.codes.length > 0 && !this.codes.some((code) => code === 7000 || code === 7003);
  }
}

function messageOf({ doing, call, outcome, messages, ray, hint }: Failure): string {
  const lines = [`Could not ${doing}: ${call} ${outcome}.`];
  for (const { code, message, source, documentation_url } of messages ?? []) {
    const pointer = source?.pointer ? ` (at ${source.pointer})` : "";
    const documentation = documentation_url ? ` See ${documentation_url}` : "";
    lines.push(`  Cloudflare says ${code}: ${message}${pointer}${documentation}`);
  }
  if (ray) lines.push(`  cf-ray: ${ray}`);
  if (hint) lines.push(`  What to do: ${hint}`);
  return lines.join("\n");
}

/** The advice that a status alone allows. */
export function hintFor(status: number | undefined, permission: string): string {
  if (status === undefined)
    return "check the network, the proxy and cloudflare:baseUrl; then run the same command again.";
  if (status >= 500)
    return "run the same command again; if it stays, see www.cloudflarestatus.com and give support the cf-ray.";
  if (status >= 300 && status < 400)
    return `redirects are not followed, as they could carry the credential elsewhere; ${foreignAnswerHint}`;
  switch (status) {
    case 400:
    case 422:
      return "correct what Cloudflare names above in the program.";
    case 401:
      return "the credential is wrong, expired or revoked: create a new one and set cloudflare:apiToken.";
    case 403:
      return `give the credential the permission ${permission} on this account.`;
    case 404:
      return "check the account id and the id of the group; then `pulumi refresh`.";
    case 429:
      return "wait five minutes, or run fewer pipelines on this credential at the same time.";
    default:
      return "look up the code in Cloudflare's API documentation, or give its support the cf-ray.";
  }
}

/** Advice for an answer that is not Cloudflare's: a proxy's, a login page, or a redirect, which is never followed. */
export const foreignAnswerHint =
  "something other than Cloudflare's API has answered: check cloudflare:baseUrl and the proxy between.";

/** Advice for a create whose answer was lost. */
export function lostAnswerHint(otherwise: string): string {
  return `it may have been created all the same, and the next \`pulumi up\` looks for it before it creates another; ${otherwise}`;
}

/** Advice for a refresh or a destroy that is refused: these do not use the credential that one has just set. */
export const staleCredentialHint =
  "refresh and destroy use the credential stored in the stack's state, not the one set since: run `pulumi up` first, or add --run-program; otherwise ";
