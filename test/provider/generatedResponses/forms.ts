import fc from "fast-check";
import { errorResponse, json, type ReceivedRequest, type ScriptedResponse } from "../cloudflare/scriptedServer";
import type { Account } from "./accounts";
import type { BrokenItem } from "./faults";

// How Cloudflare may return the same account: in any order, in pages of any size, and in every documented envelope.

/** One form of all responses about an account. */
export interface Form {
  /** Decides the order of every list and of every object's properties. */
  order: number;
  /** The largest page that the server sends. It tells so in `result_info`. */
  maxPageSize: number | undefined;
  /** What `result_info` holds. Pages that are smaller than asked for always have it. */
  resultInfo: "missing" | "null" | "documented" | "with total_pages";
  /** What `count` in `result_info` means, which the sources do not agree on. */
  count: "page" | "all";
  emptyResult: "list" | "null" | "missing";
  errors: readonly object[] | null | undefined;
  messages: readonly object[] | null | undefined;
}

/** The texts of the messages that successful responses may hold. */
export const messageTexts = ["This API Token is valid and active", "This endpoint moves on 2027-01-01"];

const messages: fc.Arbitrary<Form["messages"]> = fc.constantFrom<Form["messages"]>(
  [],
  null,
  undefined,
  [{ code: 10000, message: messageTexts[0], type: null }],
  [{ message: messageTexts[1], error_chain: [{ code: 7, message: "Read the changelog" }], source: { pointer: "/" } }],
);

export const form: fc.Arbitrary<Form> = fc.record({
  order: fc.nat(),
  maxPageSize: fc.option(fc.integer({ min: 1, max: 3 }), { nil: undefined }),
  resultInfo: fc.constantFrom("missing", "null", "documented", "with total_pages"),
  count: fc.constantFrom("page", "all"),
  emptyResult: fc.constantFrom("list", "null", "missing"),
  errors: fc.constantFrom([], null, undefined),
  messages,
});

type Respond = (request: ReceivedRequest) => object;

/**
 * Responds to every `GET` about an account. Everything else is not found.
 *
 * @param broken An item that one of the lists has in addition to the account's.
 */
export function serve(account: Account, form: Form, broken?: BrokenItem): ScriptedResponse {
  const routes = new Map(routesOf(reorder(account, form.order), form, broken));
  return (response, request) => {
    const path = new URL(request.url, "http://localhost").pathname.replace(/^\/client\/v4\/accounts\/[^/]+/, "");
    const body = request.method === "GET" ? routes.get(path)?.(request) : undefined;
    const envelope = { success: true, errors: form.errors, messages: form.messages, ...body };
    const respond = body
      ? json(200, reorderProperties(envelope, form.order))
      : errorResponse(404, { code: 404, message: "User group not found" });
    respond(response, request);
  };
}

function routesOf(account: Account, form: Form, broken?: BrokenItem): [path: string, respond: Respond][] {
  const { userGroups, deploymentGroups, members, permissionGroups, resourceGroups } = account;
  const brokenIn = (list: keyof Account) => (broken?.list === list ? [broken.item] : []);
  const listedGroups = userGroups.map(({ group, listOmitsPolicies }) =>
    listOmitsPolicies ? withoutPolicies(group) : group,
  );
  return [
    ["/members", listOf([...members, ...brokenIn("members")], form)],
    ["/iam/permission_groups", listOf([...permissionGroups, ...brokenIn("permissionGroups")], form)],
    // The reference documents no pages for this list.
    ["/iam/resource_groups", () => ({ result: [...resourceGroups, ...brokenIn("resourceGroups")] })],
    ["/devices/deployment-groups", listOf([...deploymentGroups, ...brokenIn("deploymentGroups")], form)],
    ["/iam/user_groups", listOf([...listedGroups, ...brokenIn("userGroups")], form)],
    ...deploymentGroups.map(one("/devices/deployment-groups")),
    ...userGroups.map(({ group }) => group).map(one("/iam/user_groups")),
    ...userGroups.flatMap(({ group, members: inGroup }): [string, Respond][] => {
      const path = `/iam/user_groups/${group.id}/members`;
      const listed = inGroup.map((member) => member.listed);
      return [
        [path, listOf(listed, form)],
        ...inGroup.map((member) => ({ ...member.listed, ...member.details })).map(one(path)),
      ];
    }),
  ];
}

function one(path: string) {
  return (result: { id: string }): [string, Respond] => [`${path}/${result.id}`, () => ({ result })];
}

function withoutPolicies<Group extends object>(group: Group): object {
  const { policies: _, ...others }: { policies?: unknown } = group;
  return others;
}

function listOf(items: readonly object[], { maxPageSize, resultInfo, count, emptyResult }: Form) {
  return ({ url }: ReceivedRequest): object => {
    const query = new URL(url, "http://localhost").searchParams;
    const page = Number(query.get("page") ?? 1);
    const perPage = Math.min(Number(query.get("per_page") ?? 20), maxPageSize ?? Number.POSITIVE_INFINITY);
    const rows = items.slice((page - 1) * perPage, page * perPage);
    const info = {
      page,
      per_page: perPage,
      count: count === "page" ? rows.length : items.length,
      total_count: items.length,
      ...(resultInfo === "with total_pages" ? { total_pages: Math.ceil(items.length / perPage) } : {}),
    };
    const isNeeded = maxPageSize !== undefined || resultInfo === "documented" || resultInfo === "with total_pages";
    return {
      ...(rows.length > 0 || emptyResult === "list"
        ? { result: rows }
        : emptyResult === "null"
          ? { result: null }
          : {}),
      ...(isNeeded ? { result_info: info } : resultInfo === "null" ? { result_info: null } : {}),
    };
  };
}

/** Returns a value with all lists and properties in another order. Cloudflare's lists are sets. */
function reorder<T>(value: T, order: number): T {
  const visit = (inner: unknown): unknown => {
    if (Array.isArray(inner)) return sortByPlace(inner, order).map(visit);
    if (typeof inner !== "object" || inner === null) return inner;
    return reorderProperties(Object.fromEntries(Object.entries(inner).map(([key, each]) => [key, visit(each)])), order);
  };
  return visit(value) as T;
}

function reorderProperties(object: object, order: number): object {
  return Object.fromEntries(sortByPlace(Object.entries(object), order));
}

function sortByPlace<T>(elements: readonly T[], order: number): T[] {
  const placed = elements.map((element) => ({ element, place: placeOf(JSON.stringify(element) ?? "", order) }));
  return placed.sort((left, right) => left.place - right.place).map(({ element }) => element);
}

/** Returns a number that depends on the whole text: its FNV-1a hash. */
function placeOf(text: string, order: number): number {
  let hash = order;
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return hash;
}
