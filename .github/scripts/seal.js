"use strict";
/**
 * Carries saved plans from one job to another: `seal.js seal <folder> <file>` and `seal.js open <file> <folder>`. A plan holds
 * secrets, and artifacts can be read by whoever reads the repository, so the file is encrypted and authenticated (AES-256-GCM, key
 * by scrypt from PLAN_KEY in the environment); one that was changed on the way does not open.
 */
const { createCipheriv, createDecipheriv, randomBytes, scryptSync } = require("node:crypto");
const fs = require("node:fs");
const path = require("node:path");

const MAGIC = Buffer.from("rolecall-plans-1");
const LEAST_KEY = 32;

function keyOf(salt) {
  const secret = process.env.PLAN_KEY ?? "";
  if (secret.length < LEAST_KEY) stop(`PLAN_KEY must have ${LEAST_KEY} characters or more: openssl rand -base64 32`);
  return scryptSync(secret, salt, 32);
}

function seal(folder, file) {
  const files = fs.readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isFile());
  const plans = files.map(({ name }) => [name, fs.readFileSync(path.join(folder, name)).toString("base64")]);
  const [salt, iv] = [randomBytes(16), randomBytes(12)];
  const cipher = createCipheriv("aes-256-gcm", keyOf(salt), iv).setAAD(MAGIC);
  const body = Buffer.concat([cipher.update(JSON.stringify(plans)), cipher.final()]);
  fs.writeFileSync(file, Buffer.concat([MAGIC, salt, iv, cipher.getAuthTag(), body]), { mode: 0o600 });
}

function open(file, folder) {
  const bytes = fs.readFileSync(file);
  let from = 0;
  const take = (length) => {
    from += length;
    return bytes.subarray(from - length, from);
  };
  if (!take(MAGIC.length).equals(MAGIC)) stop("this is no file of sealed plans");
  const [salt, iv, tag] = [take(16), take(12), take(16)];
  if (tag.length !== 16) stop("this file of sealed plans is cut off");
  const decipher = createDecipheriv("aes-256-gcm", keyOf(salt), iv, { authTagLength: 16 })
    .setAAD(MAGIC)
    .setAuthTag(tag);
  let text;
  try {
    text = Buffer.concat([decipher.update(bytes.subarray(from)), decipher.final()]).toString("utf8");
  } catch {
    stop("the plans do not open: another PLAN_KEY, or the file was changed on the way");
  }
  fs.mkdirSync(folder, { recursive: true, mode: 0o700 });
  for (const [name, content] of JSON.parse(text)) {
    if (path.basename(name) !== name) stop("a sealed name is no file name");
    fs.writeFileSync(path.join(folder, name), Buffer.from(content, "base64"), { mode: 0o600, flag: "wx" });
  }
}

function stop(reason) {
  process.stderr.write(`${reason}\n`);
  process.exit(2);
}

const [verb, from, to] = process.argv.slice(2);
if (!from || !to || (verb !== "seal" && verb !== "open"))
  stop("seal.js seal <folder> <file>, or seal.js open <file> <folder>");
try {
  if (verb === "seal") seal(from, to);
  else open(from, to);
} catch (error) {
  stop(`${verb} failed: ${error.code ?? error.name}`);
}
