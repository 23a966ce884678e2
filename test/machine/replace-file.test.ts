import {
  chmodSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { removeDraftsOf, replaceFile } from "../../modules/machine/replace-file";

const root = mkdtempSync(join(tmpdir(), "rolecall-replace-"));
const file = join(root, "file.yaml");
beforeEach(() => {
  rmSync(file, { force: true });
  writeFileSync(file, "old");
  chmodSync(file, 0o640);
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

test("the new bytes are in place, nobody else's, and nothing else is left", () => {
  replaceFile(file, "new");
  expect([readFileSync(file, "utf8"), statSync(file).mode & 0o777, readdirSync(root)]).toEqual([
    "new",
    0o600,
    ["file.yaml"],
  ]);
});

test("the mode of the file that was there is kept where it is asked for", () => {
  replaceFile(file, "new", { like: statSync(file) });
  expect(statSync(file).mode & 0o777).toBe(0o640);
});

test("what is thrown at the last look leaves the old file and no draft", () => {
  const before = () => {
    expect(readdirSync(root)).toHaveLength(2);
    throw new Error("changed");
  };
  expect(() => replaceFile(file, "new", { before })).toThrow("changed");
  expect([readFileSync(file, "utf8"), readdirSync(root)]).toEqual(["old", ["file.yaml"]]);
});

test("a link is replaced, not followed", () => {
  const link = join(root, "link");
  symlinkSync(file, link);
  replaceFile(link, "new");
  expect([readFileSync(file, "utf8"), readFileSync(link, "utf8")]).toEqual(["old", "new"]);
  rmSync(link);
});

test("drafts of a run that was killed go, and no other file", () => {
  for (const name of [".file.yaml.rolecall-abc", ".file.yaml.other", ".other.yaml.rolecall-abc"])
    writeFileSync(join(root, name), "");
  removeDraftsOf(file);
  expect(readdirSync(root).sort()).toEqual([".file.yaml.other", ".other.yaml.rolecall-abc", "file.yaml"]);
});
