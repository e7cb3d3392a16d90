// The part of `@pulumi/cloudflare` that its contender uses. The package itself is installed when the bench runs with the
// plugin on PATH, and is none of the repository's dependencies: it is large.
declare module "@pulumi/cloudflare" {
  import type * as pulumi from "@pulumi/pulumi";

  interface Reference {
    id: string;
  }

  export class UserGroup extends pulumi.CustomResource {
    constructor(
      name: string,
      args: {
        accountId: string;
        name: string;
        policies: { access: string; permissionGroups: Reference[]; resourceGroups: Reference[] }[];
      },
    );
  }

  export class UserGroupMembers extends pulumi.CustomResource {
    constructor(name: string, args: { accountId: string; userGroupId: pulumi.Input<string>; members: Reference[] });
  }
}
