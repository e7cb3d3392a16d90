import { randomUUID } from "node:crypto";

/** Creates an id of 32 hexadecimal digits. */
export function createId32(): string {
  return randomUUID().replaceAll("-", "");
}
