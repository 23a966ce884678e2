import { existsSync } from "node:fs";
import { join } from "node:path";
import { FakeProject, type FakeStacks } from "./fake-project";
import { processesWith, RunnerProcess, until } from "./runner-process";
import { apply, plan } from "./stack-commands";

const ALL = { stacks: [], parallelism: 2, json: false };
let project: FakeProject;
let running: RunnerProcess | undefined;

beforeEach(() => {
  project = new FakeProject();
});
afterEach(async () => {
  running?.child.kill("SIGKILL");
  running = undefined;
  project.remove();
});

/** A resource whose creation says that it began, then takes its time. */
function slow(name: string, seconds: string) {
  return { provisioner: [{ "local-exec": { command: `touch ../../../began-${name}; sleep ${seconds}; echo over` } }] };
}

const began = (name: string) => existsSync(join(project.root, `began-${name}`));

async function converges(stacks: FakeStacks): Promise<void> {
  project.write(stacks);
  expect(await apply(project.context(), { ...ALL, autoApprove: true }, project.tools())).toBe(0);
  expect(await plan(project.context(), ALL, project.tools())).toBe(0);
}

test.each(["SIGINT", "SIGTERM", "SIGHUP"] as const)(
  "%s in the middle: nothing is left, a second run converges",
  async (signal) => {
    const seconds = `31.${process.pid}${signal.length}`;
    project.write({ a: { one: {}, two: slow("a", seconds) }, b: { one: slow("b", seconds) }, c: { one: {} } });
    running = new RunnerProcess(project);
    await until(() => began("a") && began("b"));
    running.child.kill(signal);
    expect(await running.ended).toBe(2);
    expect(running.output).toContain(`${signal}: waiting for terraform to stop`);
    expect(running.output).toContain("stack a: interrupted");
    expect(running.output).toContain("stack c: not started");
    expect(processesWith(`sleep ${seconds}`)).toEqual([]);
    expect(processesWith(project.root)).toEqual([]);
    expect(existsSync(join(project.root, "state/.a.tfstate.lock.info"))).toBe(false);
    expect(project.state("a").resources.length).toBeGreaterThan(0);
    await converges({ a: { one: {}, two: {} }, b: { one: {} }, c: { one: {} } });
  },
);

test("the runner is killed outright: terraform ends its work alone, a second run converges", async () => {
  project.write({ a: { one: slow("a", "1") } });
  running = new RunnerProcess(project);
  await until(() => began("a"));
  running.child.kill("SIGKILL");
  await running.ended;
  await until(() => !existsSync(join(project.root, "state/.a.tfstate.lock.info")));
  expect(project.state("a").resources).toHaveLength(1);
  await converges({ a: { one: slow("a", "1") } });
});

test("a terraform that does not stop is killed with its children by the third signal", async () => {
  const seconds = `33.${process.pid}`;
  const stubborn = {
    provisioner: [{ "local-exec": { command: `trap '' INT TERM; touch ../../../began-a; sleep ${seconds}` } }],
  };
  project.write({ a: { one: stubborn } });
  running = new RunnerProcess(project);
  await until(() => began("a"));
  for (let i = 0; i < 3; i++) {
    running.child.kill("SIGINT");
    await new Promise((done) => setTimeout(done, 150));
  }
  expect(await running.ended).toBe(2);
  expect(processesWith(`sleep ${seconds}`)).toEqual([]);
});
