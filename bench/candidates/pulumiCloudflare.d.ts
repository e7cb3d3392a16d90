// The part of `@pulumi/cloudflare` that the official provider's candidate uses. The bench installs the package when it runs with
// the plugin on PATH. It is not a dependency of the repository, because it is large.
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
