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
  kind: "userGroup" | "userGroupMembers" | "userGroupMember" | "userGroupPolicies";
  urn: string;
  /** The name of the resource in the program. */
  name: string;
  /** The URN of the resource's provider. */
  provider: string;
  /** The id of the object. Undefined for one that the step creates. */
  id: string | undefined;
  /** Whether the step takes an existing object into the stack by the option `import`, and changes nothing. */
  isImport: boolean;
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
  [typeToken("userGroupPolicies")]: "userGroupPolicies",
  "cloudflare:index/userGroup:UserGroup": "userGroup",
  "cloudflare:index/userGroupMembers:UserGroupMembers": "userGroupMembers",
};

/**
 * What each operation does. A preview shows a replacement as one step; the option `--show-replacement-steps` adds the steps
 * `delete-replaced` and `create-replacement`, which say the same again.
 */
const effects: Readonly<Record<string, readonly Effect[]>> = {
  create: ["set"],
  update: ["set"],
  replace: ["remove", "set"],
  delete: ["remove"],
};

const stateSchema = z.looseObject({
  type: z.string(),
  id: z.string().nullish(),
  provider: z.string().nullish(),
  external: z.boolean().nullish(),
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
 * Reads the steps of a preview that concern user groups, their policies and their members.
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
    return steps.flatMap(toPreviewSteps);
  } catch (error) {
    const reason =
      error instanceof z.ZodError ? z.prettifyError(error) : error instanceof Error ? error.message : String(error);
    throw new UsageError(
      `cannot use ${source}, which should be what \`pulumi preview --json\` prints: ${reason.replace(/\s+/g, " ")}`,
    );
  }
}

/** Returns what a step does to user groups, their policies and their members. A replacement removes and then sets. */
export function toPreviewSteps(step: z.infer<typeof stepSchema>): PreviewStep[] {
  const { op, urn, oldState, newState, diffReasons } = step;
  return (effects[op] ?? []).flatMap((effect) => {
    const isRemoval = effect === "remove";
    const state = isRemoval ? oldState : newState;
    const kind = kinds[state?.type ?? ""];
    // A resource that is only read (`get`) changes nothing.
    if (!state || !kind || state.external || (isRemoval && state.retainOnDelete)) return [];
    return {
      effect,
      kind,
      urn,
      // A URN is urn:pulumi:<stack>::<project>::<type>::<name>, and a name may contain "::".
      name: urn.split("::").slice(3).join("::"),
      // A reference to a provider is its URN, "::" and its id.
      provider: state.provider?.split("::").slice(0, -1).join("::") ?? "",
      id: (op === "replace" && !isRemoval ? undefined : (state.id ?? oldState?.id)) ?? undefined,
      // The option may stay in the program, and then later steps have it too.
      isImport: op === "create" && state.inputs?.importId !== undefined,
      properties: (isRemoval ? (state.outputs ?? state.inputs) : state.inputs) ?? {},
      changed: (op === "update" ? diffReasons : undefined) ?? [],
      groupUrn: state.propertyDependencies?.userGroupId?.[0],
    };
  });
}
