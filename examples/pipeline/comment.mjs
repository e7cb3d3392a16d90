import { readFile } from "node:fs/promises";

// Writes a file as a comment of the pull request (GitHub) or merge request (GitLab) whose pipeline runs this script. The first
// line of the file is an invisible mark. By it the next run finds the comment and updates it.

const { env } = process;

/** GitHub rejects longer comments. */
const maxLength = 60_000;

function connectToGitHub() {
  const repository = `${env.GITHUB_API_URL}/repos/${env.GITHUB_REPOSITORY}`;
  return {
    headers: { authorization: `Bearer ${env.FORGE_TOKEN}`, accept: "application/vnd.github+json" },
    comments: `${repository}/issues/${env.PULL_REQUEST}/comments`,
    comment: (id) => `${repository}/issues/comments/${id}`,
    updateMethod: "PATCH",
    // The token of a workflow belongs to this account.
    isOwn: async ({ user }) => user?.login === "github-actions[bot]",
  };
}

function connectToGitLab() {
  const headers = { "private-token": env.FORGE_TOKEN };
  const comments = `${env.CI_API_V4_URL}/projects/${env.CI_PROJECT_ID}/merge_requests/${env.CI_MERGE_REQUEST_IID}/notes`;
  return {
    headers,
    comments,
    comment: (id) => `${comments}/${id}`,
    updateMethod: "PUT",
    isOwn: async ({ author }) => author?.id === (await send("GET", `${env.CI_API_V4_URL}/user`, headers)).id,
  };
}

async function send(method, url, headers, content) {
  const response = await fetch(url, {
    method,
    headers: { ...headers, "content-type": "application/json" },
    ...(content ? { body: JSON.stringify(content) } : {}),
  });
  if (!response.ok) throw new Error(`${method} ${url} answered ${response.status}: ${await response.text()}`);
  return response.json();
}

/** Finds the comment of an earlier run. Somebody else's comment may quote the mark. */
async function findComment({ comments, headers, isOwn }, mark) {
  const pageSize = 100;
  for (let page = 1; ; page++) {
    const found = await send("GET", `${comments}?per_page=${pageSize}&page=${page}`, headers);
    for (const comment of found) if (comment.body?.startsWith(mark) && (await isOwn(comment))) return comment;
    if (found.length < pageSize) return undefined;
  }
}

function shorten(text) {
  if (text.length <= maxLength) return text;
  return `${text.slice(0, text.lastIndexOf("\n", maxLength))}\n\nThe rest is too long for a comment.\n`;
}

const text = await readFile(process.argv[2], "utf8");
const forge = env.CI_API_V4_URL ? connectToGitLab() : connectToGitHub();
const earlier = await findComment(forge, text.split("\n", 1)[0]);
const content = { body: shorten(text) };
if (earlier) await send(forge.updateMethod, forge.comment(earlier.id), forge.headers, content);
else await send("POST", forge.comments, forge.headers, content);
console.log(`${earlier ? "Updated" : "Created"} the comment about access.`);
