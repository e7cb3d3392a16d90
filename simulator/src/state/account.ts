import type { Clock } from "../clock";
import { AccountResources } from "./accountResources";
import { DeploymentGroups } from "./deploymentGroups";
import { GroupMembers } from "./groupMembers";
import type { PolicyRules } from "./policies";
import { UserGroups } from "./userGroups";

/** Everything that one account contains. */
export class Account {
  readonly id: string;
  readonly resources = new AccountResources();
  readonly userGroups: UserGroups;
  readonly groupMembers: GroupMembers;
  readonly deploymentGroups: DeploymentGroups;

  constructor(id: string, clock: Clock, rules: PolicyRules) {
    this.id = id;
    this.userGroups = new UserGroups(clock, this.resources, rules);
    this.groupMembers = new GroupMembers(this.userGroups, this.resources);
    this.deploymentGroups = new DeploymentGroups(clock);
  }
}
