import { expect } from "chai";
import { buildRequest, catchError, closeServers, createClient } from "./scriptedClient";
import { errorResponse, type ScriptedResponse, success } from "./scriptedServer";

const { method: _, ...things } = buildRequest({ operation: "list the things", path: ["things"] });

function range(from: number, to: number): { id: string }[] {
  return Array.from({ length: Math.max(0, to - from) }, (_, index) => ({ id: `thing-${from + index}` }));
}

interface Limits {
  max: number;
  isClamped?: boolean;
  /** The `result_info` of a page that holds this many of so many items. */
  info?(perPage: number, asked: number, total: number): object | undefined;
}

const fullInfo = (per_page: number, _asked: number, total_count: number) => ({ per_page, total_count });

/** A server that returns pages of these items up to a maximal size. */
function pages(total: number, { max, isClamped = false, info = fullInfo }: Limits): ScriptedResponse[] {
  const all = range(0, total);
  const answer: ScriptedResponse = (response, request) => {
    const { page, asked } = askedFor(request.url);
    if (asked > max && !isClamped)
      return errorResponse(400, { code: 1001, message: "per_page is invalid" })(response, request);
    const size = Math.min(asked, max);
    success(all.slice((page - 1) * size, page * size), info(size, asked, total))(response, request);
  };
  return Array.from({ length: 40 }, () => answer);
}

function askedFor(url: string): { page: number; asked: number } {
  const { searchParams } = new URL(url, "http://localhost");
  return { page: Number(searchParams.get("page")), asked: Number(searchParams.get("per_page")) };
}

const sizesOf = ({ requests }: { requests: { url: string }[] }) => requests.map(({ url }) => askedFor(url).asked);

describe("The page size of a list", () => {
  afterEach(closeServers);

  for (const [list, size] of [
    ["userGroups", 500],
    ["groupMembers", 500],
    ["deploymentGroups", 100],
    ["permissionGroups", 50],
    ["accountMembers", 50],
  ] as const)
    it(`is the largest that Cloudflare documents for ${list}`, async () => {
      const { client, server } = await createClient(pages(2 * size, { max: size }));
      expect(await client.list({ ...things, list })).to.deep.equal(range(0, 2 * size));
      expect(sizesOf(server)).to.deep.equal([size, size]);
    });

  it("is smaller for the rest of the run after Cloudflare rejects the largest one", async () => {
    const { client, server } = await createClient(pages(70, { max: 50 }));
    for (let reading = 0; reading < 2; reading++)
      expect(await client.list({ ...things, list: "userGroups" })).to.deep.equal(range(0, 70));
    expect(sizesOf(server)).to.deep.equal([500, 50, 50, 50, 50]);
    await client.list({ ...things, list: "deploymentGroups" });
    expect(sizesOf(server).slice(5), "each list has a size of its own").to.deep.equal([100, 50, 50]);
  });

  it("is not the reason for a 400 once Cloudflare has accepted it", async () => {
    const { client, server } = await createClient([
      success(range(0, 1)),
      errorResponse(400, { code: 400, message: "Policy validation failed" }),
    ]);
    await client.list({ ...things, list: "groupMembers" });
    expect((await catchError(client.list({ ...things, list: "groupMembers" }))).message).to.include(
      "Policy validation",
    );
    expect(sizesOf(server)).to.deep.equal([500, 500]);
  });

  it("leaves the first rejection to report when Cloudflare rejects every size", async () => {
    const rejections = [1, 2, 3].map((code) => errorResponse(400, { code, message: "Policy validation failed" }));
    const { client, server } = await createClient([...rejections, success(range(0, 1))]);
    expect((await catchError(client.list({ ...things, list: "groupMembers" }))).codes).to.deep.equal([1]);
    expect(await client.list({ ...things, list: "groupMembers" })).to.deep.equal(range(0, 1));
    expect(sizesOf(server)).to.deep.equal([500, 50, 20, 500]);
  });

  for (const [what, info] of [
    ["says so", fullInfo],
    ["says so and counts nothing", (per_page: number) => ({ per_page })],
    ["only counts the items", (_size: number, _asked: number, total_count: number) => ({ total_count })],
    [
      "repeats the size that was asked for",
      (_size: number, per_page: number, total_count: number) => ({ per_page, total_count }),
    ],
    ["says nothing", () => undefined],
  ] as const)
    it(`is the one that Cloudflare uses when it silently uses a smaller one and ${what}`, async () => {
      for (const total of [0, 19, 30, 49, 50, 51, 100, 120]) {
        const { client, server } = await createClient(pages(total, { max: 30, isClamped: true, info }));
        const read = () => client.list({ ...things, list: "userGroups" });
        expect(await read(), `${total}`).to.deep.equal(range(0, total));
        const { length } = server.requests;
        expect(await read(), `${total}`).to.deep.equal(range(0, total));
        if (total > 30) expect(sizesOf(server)[length], `${total}`).to.equal(30);
      }
    });

  it("costs a list without counts one request when it is shorter than every page size", async () => {
    const { client, server } = await createClient(pages(19, { max: 500, info: () => undefined }));
    await client.list({ ...things, list: "groupMembers" });
    expect(server.requests).to.have.length(1);
  });

  it("does not matter when Cloudflare returns everything at once and ignores the page", async () => {
    for (const total of [3, 70]) {
      const { client, server } = await createClient(Array.from({ length: 9 }, () => success(range(0, total))));
      expect(await client.list({ ...things, list: "resourceGroups" })).to.deep.equal(range(0, total));
      expect(server.requests.length).to.be.at.most(2);
    }
  });
});

describe("A search in a list that never stands still", () => {
  afterEach(closeServers);

  const all = range(0, 400);
  /** Before each page somebody joins at the front. */
  const growing = (): ScriptedResponse[] => {
    let joined = 0;
    const answer: ScriptedResponse = (response, request) => {
      joined += 1;
      const current = [...Array.from({ length: joined }, (_, index) => ({ id: `new-${index}` })).reverse(), ...all];
      const { page, asked } = askedFor(request.url);
      success(current.slice((page - 1) * asked, page * asked), { total_count: current.length })(response, request);
    };
    return Array.from({ length: 99 }, () => answer);
  };

  it("needs one reading when it finds what it looks for", async () => {
    const { client, server } = await createClient(growing());
    const isEnough = (found: readonly { id: string }[]) => found.some(({ id }) => id === "thing-399");
    const found = await client.list({ ...things, isEnough });
    expect(found.map(({ id }) => id)).to.include.members(all.map(({ id }) => id));
    expect(server.requests).to.have.length(9);
  });

  it("reads a second time before it gives up, and returns what both readings hold", async () => {
    const { client, server } = await createClient(growing());
    const found = await client.list({ ...things, isEnough: () => false });
    expect(found.map(({ id }) => id)).to.include.members([...all.map(({ id }) => id), "new-0", "new-8"]);
    expect(server.requests.length).to.be.within(17, 19);
  });
});
