import { execFileSync, spawnSync } from "node:child_process";
import {
  chmodSync,
  chownSync,
  cpSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { HOME } from "../support/run-command";

jest.setTimeout(60_000);

const isRoot = process.geteuid?.() === 0;
/** A user that is neither this one nor root. */
const STRANGER = 54321;
const PLANTED = 'console.log("planted");';

let root: string;
let builds: string;

/** Where everybody can come: the folder that Jest's tests have lets nobody through, and then no mode below it matters. */
const OPEN = "/tmp";
let installed: string;

beforeAll(() => {
  installed = mkdtempSync(join(OPEN, "rolecall-installed-"));
  chmodSync(installed, 0o755);
  for (const name of ["esbuild", "@esbuild"])
    cpSync(join(HOME, "node_modules", name), join(installed, "node_modules", name), { recursive: true });
});
afterAll(() => rmSync(installed, { recursive: true, force: true }));

/** A checkout that everybody can reach, so that modes matter. */
beforeEach(() => {
  root = mkdtempSync(join(OPEN, "rolecall-run-"));
  builds = join(root, ".rolecall/build");
  chmodSync(root, 0o755);
  cpSync(join(HOME, "bin"), join(root, "bin"), { recursive: true });
  mkdirSync(join(root, "modules/cli"), { recursive: true });
  mkdirSync(join(root, "node_modules/constructs"), { recursive: true });
  symlinkSync(join(installed, "node_modules/esbuild"), join(root, "node_modules/esbuild"));
  writeFileSync(join(root, "node_modules/constructs/index.js"), 'exports.name = "ours";');
  writeFileSync(join(root, "modules/cli/tool.py"), "");
  writeFileSync(join(root, "tsconfig.json"), "{}");
  writeFileSync(
    join(root, "modules/cli/hello.ts"),
    'import { name } from "constructs";\nconsole.log(name, (process.umask() & 2) === 2);',
  );
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function run({ uid, umask = "022" }: { readonly uid?: number; readonly umask?: string } = {}) {
  const command = `umask ${umask}; exec "${process.execPath}" "${join(root, "bin/run.js")}" modules/cli/hello.ts`;
  const options = uid === undefined ? {} : { uid, gid: uid };
  return spawnSync("sh", ["-c", command], { encoding: "utf8", cwd: root, timeout: 20_000, ...options });
}

const OURS = { status: 0, stdout: "ours true\n", stderr: "" };

function bundle(): string {
  expect(run()).toMatchObject(OURS);
  const [name] = readdirSync(builds);
  if (name === undefined) throw new Error("nothing was kept");
  return join(builds, name);
}

/** Without root's rights nobody can give a file away: a mode that others can write stands for it. */
function giveAway(path: string): void {
  if (isRoot) chownSync(path, STRANGER, STRANGER);
  else chmodSync(path, 0o666);
}

test("compiled code is kept where nobody else can write, under any umask, and used again", () => {
  expect(run({ umask: "000" })).toMatchObject(OURS);
  const [name = ""] = readdirSync(builds);
  const kept = statSync(join(builds, name));
  expect([statSync(join(root, ".rolecall")).mode & 0o777, statSync(builds).mode & 0o777, kept.mode & 0o777]).toEqual([
    0o755, 0o700, 0o600,
  ]);
  expect(run({ umask: "000" })).toMatchObject(OURS);
  expect([readdirSync(builds), statSync(join(builds, name)).mtimeMs]).toEqual([[name], kept.mtimeMs]);
});

test.each<readonly [string, (path: string) => void]>([
  [
    "of another user",
    (path) => {
      writeFileSync(path, PLANTED);
      giveAway(path);
    },
  ],
  [
    "that everybody can write",
    (path) => {
      writeFileSync(path, PLANTED);
      chmodSync(path, 0o666);
    },
  ],
  [
    "that is a link",
    (path) => {
      writeFileSync(join(root, "planted.js"), PLANTED);
      symlinkSync(join(root, "planted.js"), path);
    },
  ],
  [
    "that has a second name",
    (path) => {
      writeFileSync(join(root, "planted.js"), PLANTED);
      linkSync(join(root, "planted.js"), path);
    },
  ],
  ["that is a pipe", (path) => void execFileSync("mkfifo", [path])],
])("a bundle %s is never run, and is replaced", (_name, plant) => {
  const path = bundle();
  rmSync(path);
  plant(path);
  expect(run()).toMatchObject(OURS);
  expect(run()).toMatchObject(OURS);
  expect(readFileSync(path, "utf8")).not.toContain("planted");
});

test("a bundle that only we could have written is run: the tests above can fail", () => {
  writeFileSync(bundle(), PLANTED);
  expect(run()).toMatchObject({ status: 0, stdout: "planted\n" });
});

test("a build folder that others could write loses what it holds", () => {
  const path = bundle();
  writeFileSync(path, PLANTED);
  chmodSync(builds, 0o777);
  expect(run()).toMatchObject(OURS);
  expect(statSync(builds).mode & 0o777).toBe(0o700);
  writeFileSync(path, PLANTED);
  chmodSync(join(root, ".rolecall"), 0o777);
  expect(run()).toMatchObject(OURS);
});

test.each<readonly [string, () => void, RegExp]>([
  [
    "a link",
    () => {
      renameSync(builds, join(root, "elsewhere"));
      symlinkSync(join(root, "elsewhere"), builds);
    },
    /build" is not a folder but a link or a file; remove it/,
  ],
  [
    "a file",
    () => {
      rmSync(builds, { recursive: true });
      writeFileSync(builds, "");
    },
    /is not a folder/,
  ],
  [
    "below a link",
    () => {
      renameSync(join(root, ".rolecall"), join(root, "other"));
      symlinkSync(join(root, "other"), join(root, ".rolecall"));
    },
    /\.rolecall" is not a folder/,
  ],
])("a build folder that is %s: nothing of it is run, the code is compiled for this run alone", (_name, plant, says) => {
  writeFileSync(bundle(), PLANTED);
  plant();
  const ran = run();
  expect(ran).toMatchObject({ status: 0, stdout: OURS.stdout });
  expect(ran.stderr).toMatch(says);
});

test("packages beside the compiled code are not found", () => {
  bundle();
  for (const folder of [".rolecall/node_modules", ".rolecall/build/node_modules", "modules/cli"]) {
    if (folder.startsWith("modules")) continue;
    mkdirSync(join(root, folder, "constructs"), { recursive: true });
    writeFileSync(join(root, folder, "constructs/index.js"), 'exports.name = "planted";');
  }
  expect(run()).toMatchObject(OURS);
});

test.each([
  "modules/cli/hello.ts",
  "modules/cli/tool.py",
  "tsconfig.json",
  "modules",
  "bin/own-files.js",
  "node_modules",
  "node_modules/constructs",
  ".",
])("code that everybody can write is not run: %s", (name) => {
  const path = join(root, name);
  chmodSync(path, statSync(path).mode | 0o002);
  const ran = run();
  expect(ran).toMatchObject({ status: 2, stdout: "" });
  expect(ran.stderr).toMatch(/^nothing was run: others can write ".*", and it would run as you; run: chmod -R go-w/);
  // Where a folder above lets nobody through, nobody can.
  chmodSync(root, 0o700);
  if (name !== ".") expect(run()).toMatchObject(OURS);
  chmodSync(root, 0o755);
  execFileSync("chmod", ["-R", "go-w", root]);
  expect(run()).toMatchObject(OURS);
});

test("a whole checkout made under umask 002 runs: its group is its user's own", () => {
  execFileSync("chmod", ["-R", "g+w", root]);
  // The group a test runs with may have other members; one that nobody knows has none.
  if (isRoot) execFileSync("chgrp", ["-R", "4000000", root]);
  const ran = run({ umask: "002" });
  if (isRoot) expect(ran).toMatchObject(OURS);
  else expect([0, 2]).toContain(ran.status);
});

(isRoot ? describe : describe.each([]))("with the rights of root", () => {
  test("a source of another user is not run", () => {
    chownSync(join(root, "modules/cli/hello.ts"), STRANGER, STRANGER);
    expect(run()).toMatchObject({ status: 2, stdout: "" });
    expect(run().stderr).toMatch(/belongs to another user \(id 54321\)/);
  });

  test("root in somebody else's checkout runs the sources, never what lies compiled there", () => {
    execFileSync("chown", ["-R", String(STRANGER), root]);
    expect(run({ uid: STRANGER })).toMatchObject(OURS);
    const [name = ""] = readdirSync(builds);
    writeFileSync(join(builds, name), PLANTED);
    const ran = run();
    expect(ran).toMatchObject({ status: 0, stdout: OURS.stdout });
    expect(ran.stderr).toMatch(/belongs to another user \(id 54321\)/);
  });

  test("a user in root's checkout, as in a container, runs it without keeping anything", () => {
    expect(run({ uid: STRANGER })).toMatchObject(OURS);
    expect(run()).toMatchObject(OURS);
    const ran = run({ uid: STRANGER });
    expect(ran).toMatchObject({ status: 0, stdout: OURS.stdout });
  });

  test("a build folder that a stranger made first is not used", () => {
    chmodSync(root, 0o755);
    mkdirSync(join(root, ".rolecall"));
    chmodSync(join(root, ".rolecall"), 0o777);
    mkdirSync(builds);
    chownSync(builds, STRANGER, STRANGER);
    const ran = run();
    expect(ran).toMatchObject({ status: 0, stdout: OURS.stdout });
    expect(ran.stderr).toMatch(/compiled code is not cached, and the cache is not used/);
    expect(readdirSync(builds)).toEqual([]);
  });
});
