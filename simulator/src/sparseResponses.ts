import { createHash } from "node:crypto";

/** The fields of an object, or of the objects in a list, that a response may omit. */
export interface OptionalFields {
  omittable?: readonly string[];
  /** Fields that a response may omit if they are an empty list, `null` or an empty object. */
  omittableIfEmpty?: readonly string[];
  /** The optional fields of the objects inside a field. */
  inside?: Readonly<Record<string, OptionalFields>>;
}

/**
 * Omits optional fields from responses at random.
 *
 * The choice depends on the seed, the route, the number of earlier requests to that route, and the place of the field. So
 * the same requests in the same order get the same responses in every run.
 */
export class SparseResponses {
  readonly #seed: number;
  readonly #counts = new Map<string, number>();

  constructor(seed: number) {
    this.#seed = seed;
  }

  /** Returns the response without some of its optional fields. `route` is the method and path pattern of the request. */
  omitFields(response: object, route: string, fields: OptionalFields): object {
    const count = this.#counts.get(route) ?? 0;
    this.#counts.set(route, count + 1);
    const sparse = this.#omit(response, fields, `${this.#seed} ${route} ${count}`);
    return typeof sparse === "object" && sparse !== null ? sparse : response;
  }

  /** Starts again with the first response of every route. */
  reset(): void {
    this.#counts.clear();
  }

  #omit(value: unknown, fields: OptionalFields, place: string): unknown {
    if (Array.isArray(value)) return value.map((item, index) => this.#omit(item, fields, `${place}/${index}`));
    if (typeof value !== "object" || value === null) return value;
    const { omittable = [], omittableIfEmpty = [], inside = {} } = fields;
    const entries: [string, unknown][] = [];
    for (const [name, field] of Object.entries(value)) {
      const fieldPlace = `${place}/${name}`;
      const isOmittable = omittable.includes(name) || (omittableIfEmpty.includes(name) && isEmpty(field));
      if (isOmittable && flipCoin(fieldPlace)) continue;
      const fieldsInside = inside[name];
      entries.push([name, fieldsInside === undefined ? field : this.#omit(field, fieldsInside, fieldPlace)]);
    }
    return Object.fromEntries(entries);
  }
}

function isEmpty(value: unknown): boolean {
  return value === null || (typeof value === "object" && Object.keys(value).length === 0);
}

function flipCoin(place: string): boolean {
  return createHash("sha256").update(place).digest().readUInt8(0) < 128;
}
