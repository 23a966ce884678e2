"use strict";
/**
 * The open pull request whose head the finished run was for, as GitHub itself says it: what a run's artifact says could be
 * anything. Takes GITHUB_TOKEN, GITHUB_REPOSITORY, HEAD_SHA, HEAD_OWNER, HEAD_BRANCH and BASE_BRANCH; writes number=<n> to
 * GITHUB_OUTPUT, empty when there is none any more.
 */
const fs = require("node:fs");
const { ApiError, commitOf, list, repository, runScript } = require("./github-api.js");

async function main(env) {
  const repo = repository(env);
  const sha = commitOf(env);
  const { HEAD_OWNER: owner = "", HEAD_BRANCH: branch = "", BASE_BRANCH: base = "" } = env;
  if (!owner || !branch || !base) throw new ApiError("HEAD_OWNER, HEAD_BRANCH and BASE_BRANCH must be given");
  const head = encodeURIComponent(`${owner}:${branch}`);
  const pulls = await list(env, `/repos/${repo}/pulls?state=open&head=${head}&base=${encodeURIComponent(base)}`);
  const own = pulls.filter(
    (pull) =>
      Number.isSafeInteger(pull?.number) &&
      pull.state === "open" &&
      pull.head?.sha === sha &&
      pull.base?.ref === base &&
      pull.base?.repo?.full_name === repo,
  );
  if (own.length > 1) throw new ApiError("several open pull requests have this head and base; cannot tell which");
  const number = own[0]?.number ?? "";
  if (env.GITHUB_OUTPUT) fs.appendFileSync(env.GITHUB_OUTPUT, `number=${number}\n`);
  return number === "" ? "no open pull request has this head any more" : `pull request ${number}`;
}

runScript(main);
