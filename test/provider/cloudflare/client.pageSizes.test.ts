import { expect } from "chai";
import { askedFor, range, things } from "./pagedThings";
import { catchError, closeServers, createClient } from "./scriptedClient";
import { errorResponse, type ScriptedResponse, success } from "./scriptedServer";

interface Limits {
  max: number;
  isClamped?: boolean;
  /** Returns a page's `result_info`, given its size, the requested size and the number of all items. */
  info?(perPage: number, asked: number, total: number): object | undefined;
}

const fullInfo = (per_page: number, _asked: number, total_count: number) => ({ per_page, total_count });

/** Returns the responses of a server that returns pages up to a maximum size. */
function pages(total: number, { max, isClamped = false, info = fullInfo }: Limits): ScriptedResponse[] {
  const all = range(0, total);
  const respond: ScriptedResponse = (response, request) => {
    const [page, asked] = askedFor(request);
    if (asked > max && !isClamped)
      return errorResponse(400, { code: 1001, message: "per_page is invalid" })(response, request);
    const size = Math.min(asked, max);
    success(all.slice((page - 1) * size, page * size), info(size, asked, total))(response, request);
  };
  return Array.from({ length: 40 }, () => respond);
}

const sizesOf = ({ requests }: { requests: { url: string }[] }) => requests.map((request) => askedFor(request)[1]);

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

  it("stays smaller for the rest of the run when Cloudflare rejects the largest", async () => {
    const { client, server } = await createClient(pages(70, { max: 50 }));
    for (let reading = 0; reading < 2; reading++)
      expect(await client.list({ ...things, list: "userGroups" })).to.deep.equal(range(0, 70));
    expect(sizesOf(server)).to.deep.equal([500, 50, 50, 50, 50]);
    await client.list({ ...things, list: "deploymentGroups" });
    expect(sizesOf(server).slice(5), "each list has its own size").to.deep.equal([100, 50, 50]);
  });

  it("stays the same after a 400 when Cloudflare has accepted it before", async () => {
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

  it("does not hide the first error when Cloudflare rejects every size", async () => {
    const rejections = [1, 2, 3].map((code) => errorResponse(400, { code, message: "Policy validation failed" }));
    const { client, server } = await createClient([...rejections, success(range(0, 1))]);
    expect((await catchError(client.list({ ...things, list: "groupMembers" }))).codes).to.deep.equal([1]);
    expect(await client.list({ ...things, list: "groupMembers" })).to.deep.equal(range(0, 1));
    expect(sizesOf(server)).to.deep.equal([500, 50, 20, 500]);
  });

  for (const [what, info] of [
    ["its size and a count", fullInfo],
    ["only its size", (per_page: number) => ({ per_page })],
    ["only a count", (_size: number, _asked: number, total_count: number) => ({ total_count })],
    ["the requested size", (_size: number, per_page: number, total_count: number) => ({ per_page, total_count })],
    ["nothing", () => undefined],
  ] as const)
    it(`follows Cloudflare's smaller size when the page reports ${what}`, async () => {
      for (const total of [0, 19, 30, 49, 50, 51, 100, 120]) {
        const { client, server } = await createClient(pages(total, { max: 30, isClamped: true, info }));
        const read = () => client.list({ ...things, list: "userGroups" });
        expect(await read(), `${total}`).to.deep.equal(range(0, total));
        const { length } = server.requests;
        expect(await read(), `${total}`).to.deep.equal(range(0, total));
        if (total > 30) expect(sizesOf(server)[length], `${total}`).to.equal(30);
      }
    });

  it("needs one request for a short list without a count", async () => {
    const { client, server } = await createClient(pages(19, { max: 500, info: () => undefined }));
    await client.list({ ...things, list: "groupMembers" });
    expect(server.requests).to.have.length(1);
  });

  it("does not matter when Cloudflare ignores the page and returns everything", async () => {
    for (const total of [3, 70]) {
      const { client, server } = await createClient(Array.from({ length: 9 }, () => success(range(0, total))));
      expect(await client.list({ ...things, list: "resourceGroups" })).to.deep.equal(range(0, total));
      expect(server.requests.length).to.be.at.most(2);
    }
  });
});

describe("A search in a list that keeps changing", () => {
  afterEach(closeServers);

  const all = range(0, 400);
  /** Returns responses between which somebody joins at the front of the list. */
  const growing = (): ScriptedResponse[] => {
    let joined = 0;
    const respond: ScriptedResponse = (response, request) => {
      joined += 1;
      const current = [...Array.from({ length: joined }, (_, index) => ({ id: `new-${index}` })).reverse(), ...all];
      const [page, asked] = askedFor(request);
      success(current.slice((page - 1) * asked, page * asked), { total_count: current.length })(response, request);
    };
    return Array.from({ length: 99 }, () => respond);
  };

  it("reads the list once when it finds its item", async () => {
    const { client, server } = await createClient(growing());
    const isEnough = (found: readonly { id: string }[]) => found.some(({ id }) => id === "thing-399");
    const found = await client.list({ ...things, isEnough });
    expect(found.map(({ id }) => id)).to.include.members(all.map(({ id }) => id));
    expect(server.requests).to.have.length(9);
  });

  it("reads the list twice before it fails and returns the items of both", async () => {
    const { client, server } = await createClient(growing());
    const found = await client.list({ ...things, isEnough: () => false });
    expect(found.map(({ id }) => id)).to.include.members([...all.map(({ id }) => id), "new-0", "new-8"]);
    expect(server.requests.length).to.be.within(17, 19);
  });
});
