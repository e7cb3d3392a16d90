import { buildRequest } from "./scriptedClient";
import type { ReceivedRequest } from "./scriptedServer";

const { method: _, ...list } = buildRequest({ operation: "list the things", path: ["things"] });

/** A request for the list of things. */
export const things = list;

/** Returns the things from one number to another one, which is not included. */
export function range(from: number, to: number): { id: string }[] {
  return Array.from({ length: Math.max(0, to - from) }, (_, index) => ({ id: `thing-${from + index}` }));
}

/** Returns the page and the page size of a request. */
export function askedFor({ url }: Pick<ReceivedRequest, "url">): [page: number, perPage: number] {
  const { searchParams } = new URL(url, "http://localhost");
  return [Number(searchParams.get("page")), Number(searchParams.get("per_page"))];
}
