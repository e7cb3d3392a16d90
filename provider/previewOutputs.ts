import * as pulumi from "@pulumi/pulumi";
import type { UserGroupMembersMember } from "./resourceTypes";

/**
 * Returns the members of a set with an unknown id for each member that the program names by email.
 *
 * A preview of a new or changed set returns the program's members as outputs. Only `pulumi up` finds their ids. Without this,
 * a preview would run the program's own code with an id that is `undefined`.
 */
export function markUnknownIds(
  members: pulumi.Output<UserGroupMembersMember[]>,
): pulumi.Output<UserGroupMembersMember[]> {
  if (!pulumi.runtime.isDryRun()) return members;
  return members.apply((all: Partial<UserGroupMembersMember>[]) =>
    all.map((member) => Object.assign({ id: pulumi.unknown }, member)),
  );
}
