// All that the lifecycles need of Pulumi: the types of a dynamic provider, and the value that stands for an unknown one.

import type { dynamic } from "@pulumi/pulumi";
import type { unknownValue as sdkUnknownValue } from "@pulumi/pulumi/runtime";

export type ResourceProvider<Inputs, Outputs> = dynamic.ResourceProvider<Inputs, Outputs>;
export type CheckFailure = dynamic.CheckFailure;
export type CheckResult = dynamic.CheckResult;
export type DiffResult = dynamic.DiffResult;
export type CreateResult<Outputs> = dynamic.CreateResult<Outputs>;
export type ReadResult = dynamic.ReadResult;
export type UpdateResult<Outputs> = dynamic.UpdateResult<Outputs>;

/**
 * Stands for a value that the engine does not know yet.
 *
 * The compiler checks it against the SDK. The commands of the package do not load the SDK, which takes longer than they do.
 */
export const unknownValue: typeof sdkUnknownValue = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** Whether the engine does not know a value yet, as during a preview. */
export function isUnknown(value: unknown): boolean {
  return value === unknownValue;
}

/** Whether a value is a text that the engine knows. */
export function isKnownText(value: unknown): value is string {
  return typeof value === "string" && !isUnknown(value);
}

/** Whether a value, or anything inside it, is unknown. */
export function containsUnknown(value: unknown): boolean {
  if (isUnknown(value)) return true;
  return typeof value === "object" && value !== null && Object.values(value).some(containsUnknown);
}
