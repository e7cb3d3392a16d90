/** Devices that get a version of the Cloudflare One Client at the same time, on Windows and macOS. */
export interface Ring {
  /** The name in the stack's configuration and in previews. The name of the group in the account contains it. */
  name: string;
  version: string;
}

/**
 * The rings in the order of a rollout, each with its version.
 *
 * To promote a version, copy it from one ring to the next.
 */
export const rings: readonly Ring[] = [
  { name: "canary", version: "2026.7.1.0" },
  { name: "early", version: "2026.6.234.0" },
  { name: "everyone", version: "2026.6.234.0" },
];
