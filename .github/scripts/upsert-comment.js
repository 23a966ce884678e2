"use strict";
/**
 * Keeps one comment with the review of a pull request's newest commit on it. Takes from the environment GITHUB_TOKEN,
 * GITHUB_REPOSITORY, PULL_REQUEST (its number), HEAD_SHA (the commit reviewed), REVIEWED (how the job that reviews ended), COMMENT_FILE
 * (what `rolecall review --markdown` wrote) and COMMENT_AUTHOR (whose comment may be edited; github-actions[bot] by default). When
 * the job did not end well an older review is written over: no comment, or an old one, would read as a good one.
 */
const fs = require("node:fs");
const { ApiError, commitOf, list, repository, request, runScript } = require("./github-api.js");

const MARKER = "<!-- rolecall-review:v1 -->";
const FAILED =
  "**This commit could not be reviewed.** What it does to access is unknown; the log of the workflow *Review comment* says why.";
/** GitHub refuses longer ones. */
const MAX_CHARS = 65_536;

async function main(env) {
  const repo = repository(env);
  const number = env.PULL_REQUEST ?? "";
  if (!/^[1-9][0-9]{0,9}$/.test(number)) throw new ApiError("PULL_REQUEST must be the number of a pull request");
  const review = env.REVIEWED === "success" ? readComment(env.COMMENT_FILE ?? "") : FAILED;
  const body = `${MARKER}\nCommit \`${commitOf(env).slice(0, 12)}\`\n\n${review}`;
  if (body.length > MAX_CHARS) throw new ApiError(`the comment has ${body.length} characters; use --max-chars`);
  const old = await findOwn(env, `/repos/${repo}/issues/${number}/comments?sort=created`);
  if (old === undefined) {
    await request(env, "POST", `/repos/${repo}/issues/${number}/comments`, { body });
    return "the review is posted";
  }
  if (old.body.trimEnd() === body) return "the comment says so already";
  await request(env, "PATCH", `/repos/${repo}/issues/comments/${old.id}`, { body });
  return "the comment is up to date";
}

/** Without its first line, which bears the marker. */
function readComment(file) {
  const stat = fs.lstatSync(file, { throwIfNoEntry: false });
  if (!stat?.isFile()) throw new ApiError("COMMENT_FILE is not a file; it is what rolecall review --markdown writes");
  if (stat.size > MAX_CHARS * 4) throw new ApiError(`the comment has ${stat.size} bytes; use --max-chars`);
  const [marker, ...lines] = fs.readFileSync(file, "utf8").trimEnd().split("\n");
  if (marker !== MARKER) throw new ApiError(`the comment does not begin with ${MARKER}`);
  return lines.join("\n");
}

/** The first comment that bears the marker and is by our own bot: anybody can write the marker. */
async function findOwn(env, path) {
  const author = env.COMMENT_AUTHOR || "github-actions[bot]";
  const comments = await list(env, path);
  return comments.find(
    ({ id, body, user }) =>
      Number.isSafeInteger(id) &&
      typeof body === "string" &&
      body.startsWith(MARKER) &&
      user?.login === author &&
      user?.type === "Bot",
  );
}

runScript(main);
