import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { json } from "node:stream/consumers";

/** A comment, with its author in the forms of both forges. */
interface Comment {
  id: number;
  body: string;
  user: { login: string };
  author: { id: number };
}

const pipeline = { user: { login: "github-actions[bot]" }, author: { id: 1 } };
const somebody = { user: { login: "zoe" }, author: { id: 2 } };

/** The part of GitHub's and GitLab's API that lists and writes the comments of one pull request. */
export class CommentServer {
  readonly comments: Comment[] = [];
  /** The requests as method and path, without those that only read. */
  readonly writes: string[] = [];

  private constructor(
    private readonly server: Server,
    private readonly pullRequest: string,
  ) {}

  /** @param token The only token that the server accepts. */
  static async start(token: string, pullRequest: string): Promise<CommentServer> {
    const server = createServer(async (request, response) => {
      const { method = "", url = "", headers } = request;
      const { pathname, searchParams } = new URL(url, "http://localhost");
      const given = headers["private-token"] ?? headers.authorization?.replace("Bearer ", "");
      const respond = (status: number, body: unknown) =>
        response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
      if (given !== token) return respond(401, { message: "Bad credentials" });
      if (method === "GET" && pathname === "/user") return respond(200, pipeline.author);
      const [, id] =
        new RegExp(
          `^/(?:repos/example/groups/issues|projects/1/merge_requests)/(?:${pullRequest}/)?(?:comments|notes)(?:/(\\d+))?$`,
        ).exec(pathname) ?? [];
      const isList = pathname.includes(`/${pullRequest}/`) && id === undefined;
      const page = Number(searchParams.get("page"));
      const perPage = Number(searchParams.get("per_page"));
      if (method === "GET" && isList) return respond(200, started.comments.slice((page - 1) * perPage, page * perPage));
      started.writes.push(`${method} ${pathname}`);
      const { body = "" } = (await json(request)) as { body?: string };
      if (method === "POST" && isList) return respond(201, started.#add({ body, ...pipeline }));
      const comment = started.comments.find((each) => each.id === Number(id));
      const update = pathname.startsWith("/repos") ? "PATCH" : "PUT";
      if (method !== update || !comment) return respond(404, { message: "Not Found" });
      return respond(200, Object.assign(comment, { body }));
    });
    const started = new CommentServer(server, pullRequest);
    await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
    return started;
  }

  /** The variables that both forges give every job. */
  get variables(): { github: Record<string, string>; gitlab: Record<string, string> } {
    const url = `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
    return {
      github: { GITHUB_API_URL: url, GITHUB_REPOSITORY: "example/groups" },
      gitlab: { CI_API_V4_URL: url, CI_PROJECT_ID: "1", CI_MERGE_REQUEST_IID: this.pullRequest },
    };
  }

  /** Adds a comment of somebody who is not the pipeline. */
  addOfSomebody(body: string): void {
    this.#add({ body, ...somebody });
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((closed) => this.server.close(closed));
  }

  #add(comment: Omit<Comment, "id">): Comment {
    const added = { ...comment, id: this.comments.length + 1 };
    this.comments.push(added);
    return added;
  }
}
