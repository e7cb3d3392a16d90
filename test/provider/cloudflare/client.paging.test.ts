import { expect } from "chai";
import { catchWarnings } from "./catchWarnings";
import { recordWaits } from "./fakeClock";
import { askedFor, range, things } from "./pagedThings";
import { catchError, closeServers, createClient } from "./scriptedClient";
import { errorResponse, type ScriptedResponse, success } from "./scriptedServer";

/** The largest page of the list that the tests read. */
const pageSize = 50;

/** Returns the requested page of these things. */
function pageOf(all: { id: string }[], info: (page: number, perPage: number) => object | undefined): ScriptedResponse {
  return (response, request) => {
    const [page, perPage] = askedFor(request);
    success(all.slice((page - 1) * perPage, page * perPage), info(page, perPage))(response, request);
  };
}

function always(respond: ScriptedResponse, max = 30): ScriptedResponse[] {
  return Array.from({ length: max }, () => respond);
}

describe("CloudflareClient.list", () => {
  afterEach(closeServers);

  it("reads one page with one request and sends the filter", async () => {
    const { client, server } = await createClient([
      success(range(0, 3), { page: 1, per_page: 50, count: 3, total_count: 3 }),
    ]);
    expect(await client.list({ ...things, filter: { direction: "asc" } })).to.deep.equal(range(0, 3));
    expect(server.requests.map(({ url }) => url)).to.deep.equal([
      `/client/v4/things?direction=asc&page=1&per_page=${pageSize}`,
    ]);
  });

  it("reads every page of a long list and no page after the last", async () => {
    for (const [total, pages] of [
      [49, 1],
      [50, 1],
      [51, 2],
      [120, 3],
    ] as const) {
      const all = range(0, total);
      const { client, server } = await createClient(always(pageOf(all, () => ({ total_count: total }))));
      expect(await client.list(things)).to.deep.equal(all);
      expect(server.requests.map(askedFor)).to.deep.equal(
        Array.from({ length: pages }, (_, index) => [index + 1, pageSize]),
      );
    }
  });

  it("treats null as an empty list", async () => {
    const { client, server } = await createClient([success(null, { total_count: 0 }), success(null), success([])]);
    for (let call = 1; call <= 3; call++) {
      expect(await client.list(things)).to.deep.equal([]);
      expect(server.requests).to.have.length(call);
    }
  });

  it("reads until a page is not full when the API returns no count", async () => {
    for (const info of [() => undefined, () => ({}), () => ({ total_count: null })])
      for (const total of [0, 49, 50, 51, 100, 120]) {
        const { client } = await createClient(always(pageOf(range(0, total), info)));
        expect(await client.list(things)).to.deep.equal(range(0, total));
      }
  });

  it("ends when a null page follows a full one", async () => {
    const { client } = await createClient([success(range(0, 50)), success(null)]);
    expect(await client.list(things)).to.deep.equal(range(0, 50));
  });

  it("reads a list again when it lost an item between two pages", async () => {
    const before = range(0, 60);
    const after = before.slice(1);
    const { client, server } = await createClient([
      pageOf(before, () => ({ total_count: 60 })),
      ...always(pageOf(after, () => ({ total_count: 59 }))),
    ]);
    expect(
      await client.list(things),
      "thing-0 was deleted, and thing-50 moved to the page that was already read",
    ).to.deep.equal(after);
    expect(server.requests).to.have.length(4);
  });

  it("reads a list again when an item appears twice because the list grew", async () => {
    const before = range(1, 61);
    const after = range(0, 61);
    const { client } = await createClient([
      pageOf(before, () => ({ total_count: 60 })),
      ...always(pageOf(after, () => ({ total_count: 61 }))),
    ]);
    expect(await client.list(things)).to.deep.equal(after);
  });

  it("fails when the list never matches the API's own count", async () => {
    for (const count of [4, 2, 51]) {
      const { client, server } = await createClient(always(pageOf(range(0, 3), () => ({ total_count: count }))));
      const { message } = await failWithoutWaiting(client.list(things));
      expect(message).to.match(/^Could not list the things: .* did not match .* Run the same command again\.$/);
      expect(server.requests.length).to.be.lessThan(20);
    }
  });

  it("fails when the API ignores page numbers", async () => {
    const { client, server } = await createClient(always(success(range(0, 50), { total_count: 120 })));
    expect(await failWithoutWaiting(client.list(things))).to.be.an("error");
    expect(server.requests.length).to.be.lessThan(20);
  });

  it("stops reading when the API ignores page numbers and returns no count", async () => {
    // The end of the script would end the list too. 30 responses are enough to show a loop.
    const { client, server } = await createClient(always(success(range(0, 60)), 30));
    await client.list(things).catch(() => undefined);
    expect(server.requests.length).to.be.lessThan(20);
  });

  it("reads the complete list when the pages are smaller than requested", async () => {
    const all = range(0, 45);
    const smallPages: ScriptedResponse = (response, request) => {
      const [page] = askedFor(request);
      const rows = all.slice((page - 1) * 20, page * 20);
      const info = { page, per_page: 20, count: rows.length, total_count: 45, total_pages: 3 };
      success(rows, info)(response, request);
    };
    const { client } = await createClient(always(smallPages));
    expect(await client.list(things)).to.deep.equal(all);
  });

  it("rejects a page that is not a list", async () => {
    for (const page of [{ things: [] }, "none"]) {
      const { client } = await createClient([success(page)]);
      expect((await catchError(client.list(things))).message).to.contain("does not match Cloudflare's documentation");
    }
  });

  it("omits a malformed item and names it in a warning", async () => {
    const [first, last] = [{ id: "first" }, { id: "last" }];
    const odd = [{ id: "odd", name: 5 }, { name: "nameless" }, null, null];
    const { client } = await createClient(always(success([first, ...odd, last], { total_count: 6 })));
    const warnings = await catchWarnings(async () => {
      for (let reading = 0; reading < 2; reading++) expect(await client.list(things)).to.deep.equal([first, last]);
    });
    expect(warnings).to.have.length(3);
    expect(warnings[0]).to.match(/^Left out "odd", which does not match .*name.*\(in response to: list the things\)$/);
    expect(warnings[1]).to.include('Left out "nameless"');
    expect(warnings[2]).to.include("Left out null");
  });

  it("does not compare a filtered list with the count of all items", async () => {
    for (const found of [range(0, 1), [], null]) {
      const { client, server } = await createClient([success(found, { page: 1, per_page: 50, total_count: 37 })]);
      expect(await client.list({ ...things, filter: { name: "One" } })).to.deep.equal(found ?? []);
      expect(server.requests).to.have.length(1);
    }
  });

  it("reads every page of a filtered list", async () => {
    const all = range(0, 120);
    const { client } = await createClient(always(pageOf(all, () => ({ total_count: 3_000 }))));
    expect(await client.list({ ...things, filter: { fuzzyName: "thing" } })).to.deep.equal(all);
  });

  it("returns a stable list with a warning when only Cloudflare's count differs", async () => {
    const info = { count: 1, page: 1, per_page: 10, total_count: 10, total_pages: 1 };
    const { client } = await createClient(always(success(range(0, 1), info)));
    const warnings = await catchWarnings(() =>
      recordWaits(async () => {
        expect(await client.list(things)).to.deep.equal(range(0, 1));
      }),
    );
    expect(warnings).to.deep.equal([
      "Cloudflare counts 10 items, but its pages contain 1 (in response to: list the things)",
    ]);
  });

  it("fails when a later page is rejected", async () => {
    const { client } = await createClient([
      success(range(0, 50), { total_count: 60 }),
      errorResponse(403, { code: 10000, message: "Authentication error" }),
    ]);
    const failure = await catchError(client.list(things));
    expect(failure.message).to.contain("Could not list the things: GET /things answered 403 Forbidden.");
  });
});

/** Returns the error of a list, on a clock that skips the waits. */
async function failWithoutWaiting(list: Promise<unknown>): Promise<Error> {
  let failure = new Error("The list was read.");
  await recordWaits(async () => {
    await list.catch((error) => {
      failure = error;
    });
  });
  return failure;
}
