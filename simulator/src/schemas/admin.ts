import { booleanSchema, defineArray, defineObject, type JsonSchema, nonEmptySchema, stringSchema } from "./jsonSchema";

const statusSchema: JsonSchema = { type: "integer", minimum: 200, maximum: 599 };
const countSchema: JsonSchema = { type: "integer", minimum: 0 };

const errorEntrySchema = defineObject(
  { message: stringSchema },
  {
    code: { type: "integer" },
    documentation_url: stringSchema,
    source: defineObject({ pointer: stringSchema }),
    error_chain: defineArray(defineObject({ code: { type: "integer" }, message: stringSchema })),
  },
);
const faultSchema: JsonSchema = {
  ...defineObject(
    {},
    {
      status: statusSchema,
      retryAfter: { anyOf: [countSchema, stringSchema] },
      code: { type: "integer" },
      message: stringSchema,
      errors: defineArray(errorEntrySchema),
      after: booleanSchema,
      json: {},
      delayMs: { type: "number", minimum: 0 },
      html: statusSchema,
      truncate: { type: "string", enum: ["json", "connection"] },
      reset: { type: "string", enum: ["before", "after"] },
    },
  ),
  anyOf: ["status", "json", "delayMs", "html", "truncate", "reset"].map((field) => ({ required: [field] })),
};

const filterFields = { method: nonEmptySchema, path: nonEmptySchema, pathPattern: nonEmptySchema };

export const requestFilterSchema = defineObject({}, filterFields);
export const faultRuleSchema = defineObject(
  { fault: faultSchema },
  { ...filterFields, times: { type: "integer", minimum: 1 }, skip: countSchema },
);
export const clockSchema = defineObject({ advanceMs: { type: "number", minimum: 0 } });
