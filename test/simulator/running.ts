import Cloudflare from "cloudflare";
import { DEFAULTS, type Simulator, type SimulatorOptions, startSimulator } from "../../simulator/src";

export const ACCOUNT = `/accounts/${DEFAULTS.accountId}`;
export const GROUPS = `${ACCOUNT}/iam/user_groups`;

/** An answer of the simulator as plain HTTP. */
export interface Answer {
  status: number;
  headers: Headers;
  text: string;
  /** The error envelope's entries; none where the answer is no such envelope. */
  errors: { code: number; message: string; source?: { pointer: string }; error_chain?: { code: number }[] }[];
}

export interface Call {
  body?: unknown;
  /** Sent as it is. */
  text?: string;
  headers?: Record<string, string>;
  signal?: AbortSignal;
}

/** A simulator that runs while the tests of a suite do, and goes back to its seed before each of them. */
export class Running {
  #simulator: Simulator | undefined;

  constructor(options: SimulatorOptions = {}) {
    before(async () => {
      this.#simulator = await startSimulator(options);
    });
    beforeEach(() => this.simulator.reset());
    after(() => this.simulator.close());
  }

  get simulator(): Simulator {
    if (this.#simulator === undefined) throw new Error("The simulator runs only while tests do.");
    return this.#simulator;
  }

  /** The official library, as a second opinion on every answer. */
  get client(): Cloudflare {
    return new Cloudflare({ baseURL: this.simulator.url, apiToken: DEFAULTS.apiToken, maxRetries: 0 });
  }

  async call(method: string, path: string, { body, text, headers = {}, signal }: Call = {}): Promise<Answer> {
    const content = body === undefined ? text : JSON.stringify(body);
    const response = await fetch(`${this.simulator.url}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${DEFAULTS.apiToken}`,
        ...(content === undefined ? {} : { "content-type": "application/json" }),
        ...headers,
      },
      ...(content === undefined ? {} : { body: content }),
      ...(signal === undefined ? {} : { signal }),
    });
    const answer = await response.text();
    return { status: response.status, headers: response.headers, text: answer, errors: errorsOf(answer) };
  }
}

/** What the official library makes of a refusal. */
export async function refusal(call: PromiseLike<unknown>): Promise<{ status: number; messages: string[] }> {
  try {
    await call;
  } catch (error) {
    if (!(error instanceof Cloudflare.APIError)) throw error;
    return { status: Number(error.status), messages: error.errors.map(({ message }) => String(message)) };
  }
  throw new Error("The call was not refused.");
}

/** Everything a list gives, page after page. */
export async function all<T>(list: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const each of list) found.push(each);
  return found;
}

function errorsOf(text: string): Answer["errors"] {
  try {
    const { errors = [] }: { errors?: Answer["errors"] } = JSON.parse(text);
    return errors;
  } catch {
    return [];
  }
}
