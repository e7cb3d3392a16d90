import type { Clock } from "../clock";
import type { ApiVariants } from "../variants";
import { AccountMembers } from "./accountMembers";
import { AccountResources } from "./accountResources";
import { DeploymentGroups } from "./deploymentGroups";
import { GroupMembers } from "./groupMembers";
import { UserGroups } from "./userGroups";

/** Everything that one account contains. */
export class Account {
  readonly id: string;
  readonly resources = new AccountResources();
  readonly members: AccountMembers;
  readonly userGroups: UserGroups;
  readonly groupMembers: GroupMembers;
  readonly deploymentGroups: DeploymentGroups;

  constructor(id: string, clock: Clock, variants: ApiVariants) {
    this.id = id;
    this.members = new AccountMembers(this.resources, variants);
    this.userGroups = new UserGroups(clock, this.resources, variants);
    this.groupMembers = new GroupMembers(this.userGroups, this.members);
    this.deploymentGroups = new DeploymentGroups(clock);
  }
}
