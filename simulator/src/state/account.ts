import type { Clock } from "../clock";
import { DeploymentGroups } from "./deploymentGroups";
import { Directory } from "./directory";
import { GroupMembers } from "./groupMembers";
import type { PolicyRules } from "./policies";
import { UserGroups } from "./userGroups";

/** All that one account holds. */
export class Account {
  readonly id: string;
  readonly directory = new Directory();
  readonly userGroups: UserGroups;
  readonly groupMembers: GroupMembers;
  readonly deploymentGroups: DeploymentGroups;

  constructor(id: string, clock: Clock, rules: PolicyRules) {
    this.id = id;
    this.userGroups = new UserGroups(clock, this.directory, rules);
    this.groupMembers = new GroupMembers(this.userGroups, this.directory);
    this.deploymentGroups = new DeploymentGroups(clock);
  }
}
