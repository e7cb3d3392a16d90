import { randomUUID } from "node:crypto";
import type { Clock } from "../clock";
import { ApiError, invalid } from "../envelope";
import type { DeploymentGroupSeed, VersionConfig } from "../seed";

/** A deployment group as the API answers it. */
export interface DeploymentGroup {
  id: string;
  created_at: string;
  name: string;
  updated_at: string;
  version_config: VersionConfig[];
  /** Absent where no policy was ever assigned, `null` where all were taken away. */
  policy_ids?: string[] | null;
}

export type DeploymentGroupBody = Omit<DeploymentGroupSeed, "id">;

interface DeploymentGroupRecord {
  id: string;
  created_at: string;
  updated_at: string;
  name: string;
  version_config: VersionConfig[];
  policy_ids: string[] | undefined;
}

/** The deployment groups of one account, with the rules that the API applies to them. */
export class DeploymentGroups {
  readonly #records = new Map<string, DeploymentGroupRecord>();
  readonly #clock: Clock;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Newest first. */
  list(): DeploymentGroup[] {
    return [...this.#records.values()].reverse().map(render);
  }

  get(id: string): DeploymentGroup {
    return render(this.#record(id));
  }

  create(body: DeploymentGroupSeed): DeploymentGroup {
    this.#check(body, []);
    const id = (body.id ?? randomUUID()).toLowerCase();
    if (this.#records.has(id)) throw invalid(`Deployment group ${id} is there already`, "/id");
    const now = this.#clock.stamp(9);
    const record: DeploymentGroupRecord = {
      id,
      created_at: now,
      updated_at: now,
      name: body.name,
      version_config: structuredClone(body.version_config),
      policy_ids: body.policy_ids && [...body.policy_ids],
    };
    this.#records.set(id, record);
    return render(record);
  }

  /** Replaces the fields that are given, each of them whole. */
  edit(id: string, body: Partial<DeploymentGroupBody>): DeploymentGroup {
    const record = this.#record(id);
    this.#check(body, record.policy_ids ?? []);
    if (body.name !== undefined) record.name = body.name;
    if (body.version_config !== undefined) record.version_config = structuredClone(body.version_config);
    if (body.policy_ids !== undefined) record.policy_ids = [...body.policy_ids];
    record.updated_at = this.#clock.stamp(9);
    return render(record);
  }

  delete(id: string): { id: string } {
    this.#record(id);
    this.#records.delete(id);
    return { id };
  }

  #record(id: string): DeploymentGroupRecord {
    const record = this.#records.get(id.toLowerCase());
    if (record === undefined) throw new ApiError(404, { code: 404, message: "Deployment group not found" });
    return record;
  }

  #check({ version_config, policy_ids }: Partial<DeploymentGroupBody>, held: string[]): void {
    const environments = (version_config ?? []).map((each) => each.target_environment);
    const repeated = environments.findIndex((environment, at) => environments.indexOf(environment) !== at);
    if (repeated !== -1) {
      const pointer = `/version_config/${repeated}/target_environment`;
      throw invalid("version_config names a target environment twice", pointer);
    }
    const added = (policy_ids ?? []).filter((id) => !held.includes(id));
    const elsewhere = new Set([...this.#records.values()].flatMap((record) => record.policy_ids ?? []));
    if (added.some((id) => elsewhere.has(id))) {
      const message = "One or more policy IDs already belong to another deployment group";
      throw new ApiError(409, { code: 409, message });
    }
  }
}

function render({ policy_ids, ...record }: DeploymentGroupRecord): DeploymentGroup {
  const group: DeploymentGroup = structuredClone(record);
  group.version_config.sort((one, other) => compare(one.target_environment ?? "", other.target_environment ?? ""));
  if (policy_ids !== undefined) group.policy_ids = policy_ids.length === 0 ? null : [...policy_ids].sort().reverse();
  return group;
}

function compare(one: string, other: string): number {
  return one < other ? -1 : Number(one > other);
}
