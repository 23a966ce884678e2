import {
  AddUserToGroupCommand,
  CreateAccessKeyCommand,
  CreateLoginProfileCommand,
  CreateRoleCommand,
  CreateUserCommand,
  ListAccessKeysCommand,
  ListAttachedUserPoliciesCommand,
  PutRolePolicyCommand,
  PutUserPolicyCommand,
  UpdateAssumeRolePolicyCommand,
} from "@aws-sdk/client-iam";
import { existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { revocationDocument } from "../../modules/iam/revocation";
import { rolecall } from "../support/run-command";
import { offboardWorld, outOfReach, ROSTER } from "./offboard-world";

/*
 * The command on the emulator, with a proxy for failures in the middle. The emulator enforces no policy: that a denial ends
 * sessions is shown by the evaluator (test/live/sessions.test.ts), here that it stands on the right roles.
 */
jest.setTimeout(60_000);

const world = offboardWorld();
const { root, file, iam, tried, finish, exists, denials, denialOf, furnish } = world;

test("a dry run says everything and changes nothing; without a yes nothing happens either", async () => {
  const person = "leaver.0@example.org";
  world.take();
  const { code, out } = await tried(person, { dryRun: true });
  expect(code).toBe(1);
  expect(out).toContain("production: end their open sessions of administrator");
  expect(out).toContain("user: delete the user");
  const asData = await tried(person, { dryRun: true, json: true });
  expect(JSON.parse(asData.out)).toMatchObject({
    dryRun: true,
    steps: expect.arrayContaining([{ account: "production", what: "end their open sessions of administrator" }]),
  });
  expect(await tried(person)).toMatchObject({
    code: 2,
    err: expect.stringContaining("with --dry-run, then run this with --yes"),
  });
  expect((await tried(person, {}, { isTty: true, yes: false })).code).toBe(1);
  expect(world.take().filter((action) => !/^(Get|List|AssumeRole$)/.test(action))).toEqual([]);
  expect(readFileSync(file, "utf8")).toBe(ROSTER);
});

test("everything goes, in the safe order, with a record that only its owner reads", async () => {
  const person = "leaver.1@example.org";
  await furnish(person);
  world.take();
  const { code, err } = await tried(person, { yes: true, report: "left.md" });
  expect([code, err]).toEqual([0, expect.stringContaining("done    user: delete the user")]);
  const writes = world.take().filter((action) => !/^(Get|List|AssumeRole$)/.test(action));
  expect(writes).toEqual([
    "AttachUserPolicy",
    "UpdateAccessKey",
    "UpdateAccessKey",
    "DeleteLoginProfile",
    "PutRolePolicy",
    "PutRolePolicy",
    "DeleteAccessKey",
    "DeleteAccessKey",
    "DeactivateMFADevice",
    "DeleteVirtualMFADevice",
    "DeleteSSHPublicKey",
    "RemoveUserFromGroup",
    "RemoveUserFromGroup",
    "DetachUserPolicy",
    "DetachUserPolicy",
    "DeleteUser",
  ]);
  expect(await exists(person)).toBe(false);
  expect(readFileSync(file, "utf8")).toBe(ROSTER.replace(/ {2}leaver\.1.*\n/, ""));
  const report = readFileSync(join(root, "left.md"), "utf8");
  expect(statSync(join(root, "left.md")).mode & 0o777).toBe(0o600);
  expect(report).toContain("Complete.");
  expect(report).toContain("remove the person from the roster | done");
  expect(report).not.toContain("Old-password");
});

test("the denial is the person's own, in every account, from AWS's clock on and a little beyond", async () => {
  const [name = ""] = await denials("testing", "administrator");
  expect(name).toBe("rolecall-revoked-sessions-leaver.1@example.org");
  const statement = await denialOf("testing", "administrator", name);
  expect(statement.Condition.StringLike).toEqual({ "aws:userid": "*:leaver.1@example.org" });
  const ahead = Date.parse(statement.Condition.DateLessThan["aws:TokenIssueTime"]) - Date.now();
  expect(ahead).toBeGreaterThan(10 * 60_000);
  expect(ahead).toBeLessThan(16 * 60_000);
  expect(await denials("production", "administrator")).toEqual([name]);
  expect(await denials("production", "spectator")).toEqual([]);
});

test("where sessions may bear names that are nobody's, everybody's of these end too, and no more", async () => {
  const person = "leaver.4@example.org";
  const preview = await tried(person, { dryRun: true });
  expect(preview.out).toContain('testing: end their open sessions of operator, and EVERYBODY\'s called "awsu-*"');
  expect(preview.out).toMatch(/testing: end their open sessions of administrator$/m);
  const { code, err } = await tried(person, { yes: true });
  expect([code, err]).toEqual([
    0,
    expect.stringMatching(
      /testing: end the person's sessions of operator, and everybody's called "awsu-\*", that were issued/,
    ),
  ]);
  const statement = await denialOf("testing", "operator", `rolecall-revoked-sessions-${person}`);
  expect(statement.Condition.StringLike).toEqual({ "aws:userid": [`*:${person}`, "*:awsu-*"] });
  // It hits colleagues, who take the role again a minute later.
  const ahead = Date.parse(statement.Condition.DateLessThan["aws:TokenIssueTime"]) - Date.now();
  expect(ahead).toBeLessThan(2 * 60_000);
});

test("a record that is there already stops the run before anything is changed", async () => {
  const { code, err } = await tried("leaver.2@example.org", { yes: true, report: "left.md" });
  expect([code, err]).toEqual([2, expect.stringContaining("already exists; name another file")]);
  expect(await exists("leaver.2@example.org")).toBe(true);
});

const FAILURES = ["AttachUserPolicy", "PutRolePolicy", "DeleteLoginProfile", "RemoveUserFromGroup", "DeleteUser"];

test.each(FAILURES.map((action, index) => [action, `fails.${index}@example.org`]))(
  "a failure of %s: the rest is done, the user stays, and the next run goes on",
  async (failing, person) => {
    const UserName = person;
    const text = readFileSync(file, "utf8");
    await iam("user").send(new CreateLoginProfileCommand({ UserName, Password: "Old-password-123" }));
    await iam("user").send(new CreateAccessKeyCommand({ UserName }));
    world.fate = (body) => (body.get("Action") === failing ? { status: 403, code: "AccessDenied" } : "pass");
    const { code, err } = await tried(person, { yes: true });
    expect(code).toBe(2);
    expect(err).toContain("FAILED");
    expect(err).toContain("run the same command again");
    expect(await exists(person)).toBe(true);
    expect(readFileSync(file, "utf8")).toBe(text);
    expect((await iam("user").send(new ListAccessKeysCommand({ UserName }))).AccessKeyMetadata).toEqual([]);

    world.fate = () => "pass";
    expect((await tried(person, { yes: true })).code).toBe(0);
    expect(await exists(person)).toBe(false);
    expect(readFileSync(file, "utf8")).not.toContain(person);
  },
);

const CHANGES = [...FAILURES, "UpdateAccessKey", "DeleteAccessKey", "DetachUserPolicy"];

test("a page in place of any answer to a change: never done, but where the change can be read back", async () => {
  const text = readFileSync(file, "utf8");
  const UserName = "paged@example.org";
  await iam("user").send(new CreateUserCommand({ UserName }));
  await iam("user").send(new AddUserToGroupCommand({ UserName, GroupName: "team-seniors" }));
  await iam("user").send(new CreateLoginProfileCommand({ UserName, Password: "Old-password-123" }));
  await iam("user").send(new CreateAccessKeyCommand({ UserName }));
  writeFileSync(file, text.replace("people:\n", `people:\n  ${UserName}: { teams: [seniors] }\n`));
  // Not passed on: nothing happens, and nothing is said to have happened.
  world.fate = (body) => (CHANGES.includes(body.get("Action") ?? "") ? "page" : "pass");
  const { code, err } = await tried(UserName, { yes: true });
  expect([code, err]).toEqual([2, expect.not.stringMatching(/^done .*(user|testing|production): /m)]);
  expect(err).toMatch(/FAILED {2}user: deny everything .*not AWS's.*Whether AttachUserPolicy was carried out is not/);
  expect(await exists(UserName)).toBe(true);
  expect(await denials("testing", "administrator")).not.toContain(`rolecall-revoked-sessions-${UserName}`);
  // Passed on, and the answer replaced: it is read back.
  const changed = [...CHANGES].filter((action) => action !== "DeleteUser");
  world.fate = (body) => (changed.includes(body.get("Action") ?? "") ? "spoil" : "pass");
  const second = await tried(UserName, { yes: true });
  expect([second.code, second.err]).toEqual([0, expect.stringContaining("done    user: delete the user")]);
  expect(await exists(UserName)).toBe(false);
  expect(await denials("testing", "administrator")).toContain(`rolecall-revoked-sessions-${UserName}`);
  world.fate = () => "pass";
});

test("somebody who left the roster and is alive in AWS still goes, and an account that is out of reach is not passed over", async () => {
  const person = "leaver.3@example.org";
  writeFileSync(file, readFileSync(file, "utf8").replace(/ {2}leaver\.3.*\n/, ""));
  world.fate = outOfReach("333333333333");
  const first = await tried(person, { yes: true, json: true });
  expect(first.code).toBe(2);
  expect(JSON.parse(first.out)).toMatchObject({ schemaVersion: 2, command: "offboard", person, complete: false });
  expect(first.out).toContain("production cannot be reached");
  expect(await exists(person)).toBe(true);
  world.fate = () => "pass";
  const second = await tried(person, { yes: true });
  expect([second.code, await exists(person)]).toEqual([0, false]);
  // What told the second run of these roles was left alone by the first.
  for (const account of ["testing", "production"])
    expect(await denials(account, "administrator")).toContain(`rolecall-revoked-sessions-${person}`);
});

test("a user that cannot be deleted is locked again", async () => {
  const UserName = "leaver.2@example.org";
  world.fate = (body) => (body.get("Action") === "DeleteUser" ? { status: 409, code: "DeleteConflict" } : "pass");
  const { code, err } = await tried(UserName, { yes: true });
  expect([code, err]).toEqual([
    2,
    expect.stringMatching(/FAILED {2}user: delete the user[\s\S]*done {4}user: deny everything/),
  ]);
  const { AttachedPolicies = [] } = await iam("user").send(new ListAttachedUserPoliciesCommand({ UserName }));
  expect(AttachedPolicies.map(({ PolicyName }) => PolicyName)).toEqual(["AWSDenyAll"]);
});

test("rights by pattern: the roles of that account that let the user account in are looked through; without them nothing is complete", async () => {
  const UserName = "leaver.2@example.org";
  const RoleName = "handmade";
  const trust = { Effect: "Allow", Principal: { AWS: "arn:aws:iam::111111111111:root" }, Action: "sts:AssumeRole" };
  const AssumeRolePolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement: trust });
  await iam("testing").send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument }));
  const rights = { Effect: "Allow", Action: "sts:AssumeRole", Resource: "arn:aws:iam::222222222222:role/hand*" };
  const PolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement: rights });
  await iam("user").send(new PutUserPolicyCommand({ UserName, PolicyName: "by-hand", PolicyDocument }));
  world.fate = (body) => (body.get("Action") === "ListRoles" ? { status: 403, code: "AccessDenied" } : "pass");
  const blind = await tried(UserName, { yes: true });
  expect([blind.code, blind.err]).toEqual([2, expect.stringContaining("sessions of roles that could not be listed")]);
  world.fate = () => "pass";
  expect((await tried(UserName, { dryRun: true })).out).toContain("testing: end their open sessions of handmade");
  expect((await tried(UserName, { yes: true })).code).toBe(0);
  expect(await denials("testing", RoleName)).toHaveLength(1);
});

test("where a trust does not name sessions after people, everybody's sessions end", async () => {
  const trust = { Version: "2012-10-17", Statement: { Effect: "Allow", Principal: "*", Action: "sts:AssumeRole" } };
  const open = { RoleName: "administrator", PolicyDocument: JSON.stringify(trust) };
  await iam("testing").send(new UpdateAssumeRolePolicyCommand(open));
  const { code, err } = await tried("leaver.0@example.org", { yes: true });
  expect(code).toBe(0);
  expect(err).toContain("testing: end everybody's sessions of administrator");
  expect(err).toContain("production: end the person's sessions of administrator");
  expect(await denials("testing", "administrator")).toContain("rolecall-revoked-sessions");
});

test("sessions of somebody who is gone from roster and account end, in every role; a name that cannot be is refused", async () => {
  const gone = await tried("leaver.9@example.org", { dryRun: true });
  expect(gone.code).toBe(1);
  expect(gone.err).toContain("neither in the roster nor in the user account; check the spelling");
  expect(gone.out).toContain("production: end their open sessions of spectator");
  expect((await tried("leaver.9@example.org", { yes: true })).code).toBe(0);
  expect(await denials("production", "spectator")).toEqual(["rolecall-revoked-sessions-leaver.9@example.org"]);
  for (const name of ["*", "../x", "", "a b", "x".repeat(65)]) expect((await tried(name, { yes: true })).code).toBe(2);
});

test("the last administrator stays, unless forced", async () => {
  expect((await tried("senior.two@example.org", { dryRun: true })).code).toBe(1);
  writeFileSync(file, readFileSync(file, "utf8").replace(/ {2}(senior\.two|leaver).*\n/g, ""));
  const refused = await tried("senior.one@example.org", { yes: true });
  expect([refused.code, refused.out]).toEqual([1, ""]);
  expect(refused.err).toContain("the only administrator of production, testing");
  const forced = await tried("senior.one@example.org", { dryRun: true, force: true });
  expect(forced.out).toContain("delete the user");
  expect(forced.out).toContain(
    "NOT POSSIBLE: production, testing would have no administrator; make another person an administrator first",
  );
});

test("finishing removes what is over, keeps what is not, and never what is not ours", async () => {
  const RoleName = "operator";
  const old = revocationDocument({ person: "old", before: new Date(Date.now() - 13 * 3_600_000) });
  const put = (PolicyName: string, document: unknown) =>
    iam("testing").send(new PutRolePolicyCommand({ RoleName, PolicyName, PolicyDocument: JSON.stringify(document) }));
  await put("rolecall-revoked-sessions-old", old);
  await put("rolecall-revoked-sessions-odd", {
    Version: "2012-10-17",
    Statement: { Effect: "Allow", Action: "*", Resource: "*" },
  });
  const dry = await finish({ dryRun: true });
  expect(dry.code).toBe(1);
  expect(dry.stdout).toContain("testing: operator: rolecall-revoked-sessions-old would be removed");
  expect(await denials("testing", RoleName)).toContain("rolecall-revoked-sessions-old");
  const real = await finish();
  expect(real.code).toBe(1);
  expect(real.stdout).toContain("testing: operator: rolecall-revoked-sessions-old removed");
  expect(real.stdout).toMatch(
    /production: administrator: rolecall-revoked-sessions-leaver\.1@example\.org stays until/,
  );
  expect(await denials("testing", RoleName)).toEqual([
    "rolecall-revoked-sessions-leaver.4@example.org",
    "rolecall-revoked-sessions-leaver.9@example.org",
    "rolecall-revoked-sessions-odd",
  ]);
  world.fate = outOfReach("333333333333");
  const blind = await finish({ json: true });
  expect(blind.code).toBe(2);
  expect(JSON.parse(blind.stdout)).toMatchObject({
    schemaVersion: 2,
    command: "offboard",
    finish: true,
    dryRun: false,
    failures: [expect.stringMatching(/^production: production cannot be reached/)],
  });
});

test("on the command line: what it wants", async () => {
  const { code, stderr } = await rolecall(root, process.env, "offboard");
  expect([code, stderr]).toEqual([2, "give a person; or only --finish, with or without --dry-run\n"]);
  expect(existsSync(join(root, ".rolecall/sandbox"))).toBe(true);
});
