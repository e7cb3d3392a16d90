/** A JSON schema. Every schema of an object rejects unknown fields, so that a typo causes an error at once. */
export type JsonSchema = Record<string, unknown>;

export function defineObject(
  required: Record<string, JsonSchema>,
  optional: Record<string, JsonSchema> = {},
): JsonSchema {
  return {
    type: "object",
    required: Object.keys(required),
    properties: { ...required, ...optional },
    additionalProperties: false,
  };
}

export function defineArray(items: JsonSchema, limits: { minItems?: number; uniqueItems?: boolean } = {}): JsonSchema {
  return { type: "array", items, ...limits };
}

/** An object that has one of two forms. The presence of a field decides which one. */
export function defineEither(field: string, withField: JsonSchema, withoutField: JsonSchema): JsonSchema {
  return {
    if: { type: "object", required: [field] },
    // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
    then: withField,
    else: withoutField,
  };
}

export const stringSchema: JsonSchema = { type: "string" };
export const nonEmptySchema: JsonSchema = { type: "string", minLength: 1 };
export const booleanSchema: JsonSchema = { type: "boolean" };
export const id32Schema: JsonSchema = { type: "string", minLength: 32, maxLength: 32 };
export const uuidSchema: JsonSchema = { type: "string", format: "uuid" };
export const stringMapSchema: JsonSchema = { type: "object", additionalProperties: stringSchema };
