/** Devices that get a version of the Cloudflare One Client at the same time, on Windows and macOS alike. */
export interface Ring {
  /** Its name in the stack's configuration and in previews; the group's own name in the account is made from it. */
  name: string;
  version: string;
}

/**
 * The rings in the order in which a version reaches them, each with the version that it runs.
 *
 * To promote a version, copy it from a ring to the one after it.
 */
export const rings: readonly Ring[] = [
  { name: "canary", version: "2026.7.1.0" },
  { name: "early", version: "2026.6.234.0" },
  { name: "everyone", version: "2026.6.234.0" },
];
