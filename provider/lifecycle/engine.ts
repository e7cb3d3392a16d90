// All that the lifecycles need of Pulumi: the types of a dynamic provider, and the value that stands for an unknown one.

import type { dynamic } from "@pulumi/pulumi";
import { unknownValue } from "@pulumi/pulumi/runtime";

export type ResourceProvider<Inputs, Outputs> = dynamic.ResourceProvider<Inputs, Outputs>;
export type CheckFailure = dynamic.CheckFailure;
export type CheckResult = dynamic.CheckResult;
export type DiffResult = dynamic.DiffResult;
export type CreateResult<Outputs> = dynamic.CreateResult<Outputs>;
export type ReadResult = dynamic.ReadResult;
export type UpdateResult<Outputs> = dynamic.UpdateResult<Outputs>;

/** Whether the engine does not know a value yet, as during a preview. */
export function isUnknown(value: unknown): boolean {
  return value === unknownValue;
}

/** Whether a value, or anything inside it, is unknown. */
export function containsUnknown(value: unknown): boolean {
  if (isUnknown(value)) return true;
  return typeof value === "object" && value !== null && Object.values(value).some(containsUnknown);
}
