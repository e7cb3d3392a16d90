import { expect } from "chai";
import { pageSize } from "../../../provider/cloudflare/operation";
import { recordWaits } from "./fakeClock";
import { buildRequest, catchError, closeServers, createClient } from "./scriptedClient";
import { errorResponse, type ReceivedRequest, type ScriptedResponse, success } from "./scriptedServer";

const { method: _, ...things } = buildRequest({ operation: "list the things", path: ["things"] });

function createThings(from: number, to: number): { id: string }[] {
  return Array.from({ length: Math.max(0, to - from) }, (_, index) => ({ id: `thing-${from + index}` }));
}

/** Responds with the requested page of these things. */
function respondWithPage(
  all: { id: string }[],
  info: (page: number, perPage: number) => object | undefined,
): ScriptedResponse {
  return (response, request) => {
    const [page, perPage] = parsePage(request);
    success(all.slice((page - 1) * perPage, page * perPage), info(page, perPage))(response, request);
  };
}

function parsePage({ url }: ReceivedRequest): [page: number, perPage: number] {
  const { searchParams } = new URL(url, "http://localhost");
  return [Number(searchParams.get("page")), Number(searchParams.get("per_page"))];
}

function repeat(response: ScriptedResponse, count = 30): ScriptedResponse[] {
  return Array.from({ length: count }, () => response);
}

describe("CloudflareClient.list", () => {
  afterEach(closeServers);

  it("reads a single page with one request and keeps its query", async () => {
    const { client, server } = await createClient([
      success(createThings(0, 3), { page: 1, per_page: 50, count: 3, total_count: 3 }),
    ]);
    expect(await client.list({ ...things, query: { direction: "asc" } })).to.deep.equal(createThings(0, 3));
    expect(server.requests.map(({ url }) => url)).to.deep.equal([
      `/client/v4/things?direction=asc&page=1&per_page=${pageSize}`,
    ]);
  });

  it("reads every page of a long list and no more", async () => {
    for (const [total, pages] of [
      [49, 1],
      [50, 1],
      [51, 2],
      [120, 3],
    ] as const) {
      const all = createThings(0, total);
      const { client, server } = await createClient(repeat(respondWithPage(all, () => ({ total_count: total }))));
      expect(await client.list(things)).to.deep.equal(all);
      expect(server.requests.map(parsePage)).to.deep.equal(
        Array.from({ length: pages }, (_, index) => [index + 1, pageSize]),
      );
    }
  });

  it("returns an empty list when the result is null", async () => {
    const { client, server } = await createClient([success(null, { total_count: 0 }), success(null), success([])]);
    for (let call = 1; call <= 3; call++) {
      expect(await client.list(things)).to.deep.equal([]);
      expect(server.requests).to.have.length(call);
    }
  });

  it("reads until a page is not full when there is no total count", async () => {
    for (const info of [() => undefined, () => ({}), () => ({ total_count: null })])
      for (const total of [0, 49, 50, 51, 100, 120]) {
        const { client } = await createClient(repeat(respondWithPage(createThings(0, total), info)));
        expect(await client.list(things)).to.deep.equal(createThings(0, total));
      }
  });

  it("stops at a null page after a full page", async () => {
    const { client } = await createClient([success(createThings(0, 50)), success(null)]);
    expect(await client.list(things)).to.deep.equal(createThings(0, 50));
  });

  it("reads the list again when an item disappears between two pages", async () => {
    const before = createThings(0, 60);
    const after = before.slice(1);
    const { client, server } = await createClient([
      respondWithPage(before, () => ({ total_count: 60 })),
      ...repeat(respondWithPage(after, () => ({ total_count: 59 }))),
    ]);
    expect(
      await client.list(things),
      "without thing-0, thing-50 moves to the page that was already read",
    ).to.deep.equal(after);
    expect(server.requests).to.have.length(4);
  });

  it("reads the list again when an item appears between two pages", async () => {
    const before = createThings(1, 61);
    const after = createThings(0, 61);
    const { client } = await createClient([
      respondWithPage(before, () => ({ total_count: 60 })),
      ...repeat(respondWithPage(after, () => ({ total_count: 61 }))),
    ]);
    expect(await client.list(things)).to.deep.equal(after);
  });

  it("fails when the list does not match the API's total count", async () => {
    for (const count of [4, 2, 51]) {
      const { client, server } = await createClient(
        repeat(respondWithPage(createThings(0, 3), () => ({ total_count: count }))),
      );
      const { message } = await catchListError(client.list(things));
      expect(message).to.match(/^Could not list the things: .* did not match .* Run the same command again\.$/);
      expect(server.requests.length).to.be.lessThan(20);
    }
  });

  it("fails when the API ignores page numbers", async () => {
    const { client, server } = await createClient(repeat(success(createThings(0, 50), { total_count: 120 })));
    expect(await catchListError(client.list(things))).to.be.an("error");
    expect(server.requests.length).to.be.lessThan(20);
  });

  it("stops when the API ignores page numbers and sends no count", async () => {
    // The end of the script would end the list too, so the script holds more responses than the limit below.
    const { client, server } = await createClient(repeat(success(createThings(0, 60)), 30));
    await client.list(things).catch(() => undefined);
    expect(server.requests.length).to.be.lessThan(20);
  });

  it("reads every page when the API sends smaller pages", async () => {
    const all = createThings(0, 45);
    const smallPages: ScriptedResponse = (response, request) => {
      const [page] = parsePage(request);
      const rows = all.slice((page - 1) * 20, page * 20);
      const info = { page, per_page: 20, count: rows.length, total_count: 45, total_pages: 3 };
      success(rows, info)(response, request);
    };
    const { client } = await createClient(repeat(smallPages));
    expect(await client.list(things)).to.deep.equal(all);
  });

  it("rejects a malformed page and an item without an id", async () => {
    for (const page of [{ things: [] }, "none", [{ name: "nameless" }], [null]]) {
      const { client } = await createClient([success(page)]);
      expect((await catchError(client.list(things))).message).to.contain("does not match Cloudflare's documentation");
    }
  });

  it("fails when a later page is rejected", async () => {
    const { client } = await createClient([
      success(createThings(0, 50), { total_count: 60 }),
      errorResponse(403, { code: 10000, message: "Authentication error" }),
    ]);
    const error = await catchError(client.list(things));
    expect(error.message).to.contain("Could not list the things: GET /things answered 403 Forbidden.");
  });
});

/** Returns the error of a list without waiting between its attempts. */
async function catchListError(list: Promise<unknown>): Promise<Error> {
  let listError = new Error("The list was read.");
  await recordWaits(async () => {
    await list.catch((error) => {
      listError = error;
    });
  });
  return listError;
}
