"use strict";
/**
 * Puts the review's result on a pull request's commit, under the name that branch rules ask for. Unlike the pull request's own
 * checks, which its own workflow file makes, this one is the default branch's. Takes from the environment GITHUB_TOKEN, GITHUB_REPOSITORY,
 * HEAD_SHA, REVIEWED (how the job that reviews ended), HOLDS (how the review itself ended) and RUN_URL.
 */
const { ApiError, commitOf, repository, request, runScript } = require("./github-api.js");

const CONTEXT = "access review";

async function main(env) {
  const repo = repository(env);
  const sha = commitOf(env);
  if (!/^https?:\/\/\S+$/.test(env.RUN_URL ?? "")) throw new ApiError("RUN_URL must be the address of the run");
  const status = { context: CONTEXT, target_url: env.RUN_URL, ...resultOf(env) };
  await request(env, "POST", `/repos/${repo}/statuses/${sha}`, status);
  return `${CONTEXT}: ${status.state}`;
}

/** Good only if both ended well: whatever else they say, or leave out, is not. */
function resultOf({ REVIEWED: reviewed, HOLDS: holds }) {
  if (reviewed !== "success") return { state: "error", description: "this commit could not be reviewed" };
  return holds === "success"
    ? { state: "success", description: "reviewed; the comment says who gains and loses what" }
    : { state: "failure", description: "a rule is broken, or what changes is unknown: see the comment" };
}

runScript(main);
