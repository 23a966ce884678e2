"use strict";
/**
 * GitHub's REST API with the token of the environment (GITHUB_TOKEN), which is never printed. What goes wrong is an ApiError
 * with one line for a person.
 */
class ApiError extends Error {}

const TIMEOUT_MS = 30_000;
const MAX_PAGES = 100;
const PER_PAGE = 100;

/** `owner/name`, checked: it becomes a part of addresses. */
function repository(env) {
  const name = env.GITHUB_REPOSITORY ?? "";
  if (!/^[A-Za-z0-9._-]+\/[A-Za-z0-9._-]+$/.test(name)) throw new ApiError("GITHUB_REPOSITORY must be owner/name");
  return name;
}

/** The full id of the commit that is reviewed, checked. */
function commitOf(env) {
  const sha = env.HEAD_SHA ?? "";
  if (!/^[0-9a-f]{40}$/.test(sha)) throw new ApiError("HEAD_SHA must be a full commit id");
  return sha;
}

/** The parsed answer of one request. Redirects are refused: the token would go with them. */
async function request(env, method, path, body) {
  const token = env.GITHUB_TOKEN;
  if (!token) throw new ApiError("GITHUB_TOKEN is not set; give the job the permission it needs");
  const base = (env.GITHUB_API_URL || "https://api.github.com").replace(/\/+$/, "");
  const headers = {
    accept: "application/vnd.github+json",
    authorization: `Bearer ${token}`,
    "user-agent": "rolecall",
    "x-github-api-version": "2022-11-28",
    ...(body === undefined ? {} : { "content-type": "application/json" }),
  };
  const answer = await fetch(`${base}${path}`, {
    method,
    headers,
    redirect: "error",
    signal: AbortSignal.timeout(TIMEOUT_MS),
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  }).catch((error) => {
    throw new ApiError(`${method} ${path}: GitHub cannot be reached (${error.cause?.code ?? error.name})`);
  });
  if (!answer.ok) throw new ApiError(`${method} ${path}: ${reasonOf(answer)}`);
  return answer.json().catch(() => {
    throw new ApiError(`${method} ${path}: GitHub's answer is not JSON`);
  });
}

/** docs.github.com, "Rate limits for the REST API": a used-up limit is 403 or 429, with a header that says so. */
function reasonOf({ status, headers }) {
  if ((status === 403 || status === 429) && headers.get("retry-after"))
    return `GitHub asks to wait ${Number(headers.get("retry-after"))} s (rate limit); run the job again then`;
  if ((status === 403 || status === 429) && headers.get("x-ratelimit-remaining") === "0")
    return `the rate limit is used up until ${new Date(Number(headers.get("x-ratelimit-reset")) * 1000).toISOString()}; run the job again then`;
  if (status === 401) return "GitHub does not know the token (401)";
  if (status === 403)
    return "the token may not do this (403); the job needs permissions: pull-requests: write, statuses: write";
  if (status === 404) return "it does not exist, or the token may not see it (404)";
  return `GitHub answered ${status}`;
}

/** Everything of a list, page after page; `path` already has a query. */
async function list(env, path) {
  const found = [];
  for (let page = 1; page <= MAX_PAGES; page++) {
    const items = await request(env, "GET", `${path}&per_page=${PER_PAGE}&page=${page}`);
    if (!Array.isArray(items)) throw new ApiError(`GET ${path}: GitHub's answer is not a list`);
    found.push(...items);
    if (items.length < PER_PAGE) return found;
  }
  throw new ApiError(`GET ${path}: more than ${MAX_PAGES} pages`);
}

/** Runs a script's function; trouble is one line on standard error and exit 2. */
function runScript(main) {
  main(process.env).then(
    (said) => process.stderr.write(`${said}\n`),
    (error) => {
      process.stderr.write(`${error instanceof ApiError ? error.message : `failed: ${error.name}`}\n`);
      process.exitCode = 2;
    },
  );
}

module.exports = { ApiError, commitOf, list, repository, request, runScript };
