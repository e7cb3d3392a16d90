import { randomUUID } from "node:crypto";
import { ApiError, createFieldError, createNotFoundError } from "../apiError";
import type { Clock } from "../clock";
import type { DeploymentGroupSeed, VersionConfig } from "../seed";
import type { DeploymentGroup } from "./apiTypes";

export type DeploymentGroupRequest = Pick<DeploymentGroupSeed, "name" | "version_config" | "policy_ids">;

interface DeploymentGroupRecord {
  id: string;
  created_at: string;
  updated_at: string;
  name: string;
  version_config: VersionConfig[];
  policy_ids: string[] | undefined;
}

/** The deployment groups of one account and the API's rules for them. */
export class DeploymentGroups {
  readonly #records = new Map<string, DeploymentGroupRecord>();
  readonly #clock: Clock;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Returns the groups from the newest to the oldest. */
  list(): DeploymentGroup[] {
    return [...this.#records.values()].reverse().map(renderGroup);
  }

  /** Returns seeds that create the groups again, from the oldest to the newest. */
  listSeeds(): DeploymentGroupSeed[] {
    return [...this.#records.values()].map(({ policy_ids, ...record }) => ({
      ...record,
      ...(policy_ids === undefined ? {} : { policy_ids }),
    }));
  }

  get(id: string): DeploymentGroup {
    return renderGroup(this.#getRecord(id));
  }

  create(request: DeploymentGroupSeed): DeploymentGroup {
    this.#check(request, []);
    const id = (request.id ?? randomUUID()).toLowerCase();
    if (this.#records.has(id)) throw createFieldError(`Deployment group ${id} already exists`, "/id");
    const createdAt = request.created_at ?? this.#clock.timestamp(9);
    const record: DeploymentGroupRecord = {
      id,
      created_at: createdAt,
      updated_at: request.updated_at ?? createdAt,
      name: request.name,
      version_config: structuredClone(request.version_config),
      policy_ids: request.policy_ids && [...request.policy_ids],
    };
    this.#records.set(id, record);
    return renderGroup(record);
  }

  /** Replaces the given fields. A list is replaced as a whole. */
  update(id: string, request: Partial<DeploymentGroupRequest>): DeploymentGroup {
    const record = this.#getRecord(id);
    this.#check(request, record.policy_ids ?? []);
    if (request.name !== undefined) record.name = request.name;
    if (request.version_config !== undefined) record.version_config = structuredClone(request.version_config);
    if (request.policy_ids !== undefined) record.policy_ids = [...request.policy_ids];
    record.updated_at = this.#clock.timestamp(9);
    return renderGroup(record);
  }

  delete(id: string): { id: string } {
    this.#getRecord(id);
    this.#records.delete(id);
    return { id };
  }

  #getRecord(id: string): DeploymentGroupRecord {
    const record = this.#records.get(id.toLowerCase());
    if (record === undefined) throw createNotFoundError("Deployment group not found");
    return record;
  }

  #check({ version_config, policy_ids }: Partial<DeploymentGroupRequest>, currentPolicyIds: string[]): void {
    const environments = (version_config ?? []).map(({ target_environment }) => target_environment);
    const repeated = environments.findIndex((environment, index) => environments.indexOf(environment) !== index);
    if (repeated !== -1) {
      const pointer = `/version_config/${repeated}/target_environment`;
      throw createFieldError("version_config names a target environment twice", pointer);
    }
    const added = (policy_ids ?? []).filter((id) => !currentPolicyIds.includes(id));
    const assigned = new Set([...this.#records.values()].flatMap((record) => record.policy_ids ?? []));
    if (added.some((id) => assigned.has(id))) {
      const message = "One or more policy IDs already belong to another deployment group";
      throw new ApiError(409, { code: 409, message });
    }
  }
}

function renderGroup({ policy_ids, ...record }: DeploymentGroupRecord): DeploymentGroup {
  const group: DeploymentGroup = structuredClone(record);
  group.version_config.sort((a, b) => compareTexts(a.target_environment ?? "", b.target_environment ?? ""));
  if (policy_ids !== undefined) group.policy_ids = policy_ids.length === 0 ? null : [...policy_ids].sort().reverse();
  return group;
}

function compareTexts(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
