import Cloudflare from "cloudflare";
import { DEFAULTS, type Simulator, type SimulatorOptions, startSimulator } from "../../simulator/src";

export const ACCOUNT = `/accounts/${DEFAULTS.accountId}`;
export const GROUPS = `${ACCOUNT}/iam/user_groups`;

/** A response of the simulator over plain HTTP. */
export interface TestResponse {
  status: number;
  headers: Headers;
  text: string;
  /** The errors of the envelope. Empty if the response is not an envelope. */
  errors: { code: number; message: string; source?: { pointer: string }; error_chain?: { code: number }[] }[];
}

export interface TestRequest {
  body?: unknown;
  /** A body that is sent without encoding. */
  text?: string;
  headers?: Record<string, string>;
}

/** A simulator that runs during the tests of a suite, with small pages. It is reset before each test. */
export class SimulatorFixture {
  #simulator: Simulator | undefined;

  constructor(options: SimulatorOptions = {}) {
    before(async () => {
      this.#simulator = await startSimulator({ pageSizes: "uniform", ...options });
    });
    beforeEach(() => this.simulator.reset());
    after(() => this.simulator.close());
  }

  get simulator(): Simulator {
    if (this.#simulator === undefined) throw new Error("The simulator runs only during the tests of its suite.");
    return this.#simulator;
  }

  /** The official library. It checks every response independently. */
  get client(): Cloudflare {
    return new Cloudflare({ baseURL: this.simulator.url, apiToken: DEFAULTS.apiToken, maxRetries: 0 });
  }

  async send(method: string, path: string, { body, text, headers = {} }: TestRequest = {}): Promise<TestResponse> {
    const content = body === undefined ? text : JSON.stringify(body);
    const response = await fetch(`${this.simulator.url}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${DEFAULTS.apiToken}`,
        ...(content === undefined ? {} : { "content-type": "application/json" }),
        ...headers,
      },
      ...(content === undefined ? {} : { body: content }),
    });
    const responseText = await response.text();
    return {
      status: response.status,
      headers: response.headers,
      text: responseText,
      errors: parseErrors(responseText),
    };
  }
}

/** Returns the error that the official library throws. Fails if the request succeeds. */
export async function getRejection(request: PromiseLike<unknown>): Promise<{ status: number; messages: string[] }> {
  try {
    await request;
  } catch (error) {
    if (!(error instanceof Cloudflare.APIError)) throw error;
    return { status: Number(error.status), messages: error.errors.map(({ message }) => String(message)) };
  }
  throw new Error("The request was not rejected.");
}

/** Returns every item of a list, from all pages. */
export async function collectAll<T>(list: AsyncIterable<T>): Promise<T[]> {
  const items: T[] = [];
  for await (const item of list) items.push(item);
  return items;
}

function parseErrors(text: string): TestResponse["errors"] {
  try {
    const { errors }: { errors?: TestResponse["errors"] | null } = JSON.parse(text);
    return errors ?? [];
  } catch {
    return [];
  }
}
