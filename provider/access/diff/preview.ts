import { readFile } from "node:fs/promises";
import { text } from "node:stream/consumers";
import { UsageError } from "../../commandLine";
import { typeToken } from "../../resourceRegistration";
import * as z from "../../zod";

/** What a step of the preview does to an object at Cloudflare. */
export type Effect = "set" | "remove";

/** A step of `pulumi preview --json` that concerns who may do what. */
export interface PreviewStep {
  effect: Effect;
  kind: "userGroup" | "userGroupMembers" | "userGroupMember";
  urn: string;
  /** The name of the resource in the program. */
  name: string;
  /** The id of the object. Undefined for one that the step creates. */
  id: string | undefined;
  /** The inputs of a set, or the outputs of what is removed. Values may be unknown or secret. */
  properties: Readonly<Record<string, unknown>>;
  /** The properties that differ. Empty when the preview does not say it. */
  changed: readonly string[];
  /** The URN of the resource whose id the property `userGroupId` is. */
  groupUrn: string | undefined;
}

const kinds: Readonly<Record<string, PreviewStep["kind"]>> = {
  [typeToken("userGroup")]: "userGroup",
  [typeToken("userGroupMembers")]: "userGroupMembers",
  [typeToken("userGroupMember")]: "userGroupMember",
  "cloudflare:index/userGroup:UserGroup": "userGroup",
  "cloudflare:index/userGroupMembers:UserGroupMembers": "userGroupMembers",
};

const effects: Readonly<Record<string, Effect>> = {
  create: "set",
  "create-replacement": "set",
  update: "set",
  delete: "remove",
  "delete-replaced": "remove",
};

const stateSchema = z.looseObject({
  type: z.string(),
  id: z.string().nullish(),
  retainOnDelete: z.boolean().nullish(),
  inputs: z.record(z.string(), z.unknown()).nullish(),
  outputs: z.record(z.string(), z.unknown()).nullish(),
  propertyDependencies: z.record(z.string(), z.array(z.string()).nullish()).nullish(),
});

const stepSchema = z.looseObject({
  op: z.string(),
  urn: z.string(),
  oldState: stateSchema.nullish(),
  newState: stateSchema.nullish(),
  diffReasons: z.array(z.string()).nullish(),
});

const previewSchema = z.looseObject({
  steps: z.array(stepSchema),
  diagnostics: z.array(z.looseObject({ severity: z.string().nullish() })).nullish(),
});

/**
 * Reads the steps of a preview that concern user groups and their members.
 *
 * @param file The file, or undefined for standard input.
 * @throws UsageError when it cannot be read, is not what `pulumi preview --json` prints, or is a preview that failed.
 */
export async function readPreview(file: string | undefined): Promise<PreviewStep[]> {
  const source = file ?? "standard input";
  try {
    const json = file === undefined ? await text(process.stdin) : await readFile(file, "utf8");
    const { steps, diagnostics } = previewSchema.parse(JSON.parse(json));
    if (diagnostics?.some(({ severity }) => severity === "error")) throw new Error("the preview failed");
    return steps.flatMap(toPreviewStep);
  } catch (error) {
    const reason =
      error instanceof z.ZodError ? z.prettifyError(error) : error instanceof Error ? error.message : String(error);
    throw new UsageError(
      `cannot use ${source}, which should be what \`pulumi preview --json\` prints: ${reason.replace(/\s+/g, " ")}`,
    );
  }
}

/** Returns one step, or nothing when it does not concern user groups and their members. */
export function toPreviewStep(step: z.infer<typeof stepSchema>): PreviewStep[] {
  const { op, urn, oldState, newState, diffReasons } = step;
  const effect = effects[op];
  const state = effect === "remove" ? oldState : newState;
  const kind = kinds[state?.type ?? ""];
  if (!effect || !state || !kind || (effect === "remove" && state.retainOnDelete)) return [];
  return [
    {
      effect,
      kind,
      urn,
      // A URN is urn:pulumi:<stack>::<project>::<type>::<name>, and a name may contain "::".
      name: urn.split("::").slice(3).join("::"),
      id: op === "create-replacement" ? undefined : (state.id ?? oldState?.id ?? undefined),
      properties: (effect === "remove" ? (state.outputs ?? state.inputs) : state.inputs) ?? {},
      changed: (op === "update" ? diffReasons : undefined) ?? [],
      groupUrn: state.propertyDependencies?.userGroupId?.[0],
    },
  ];
}
