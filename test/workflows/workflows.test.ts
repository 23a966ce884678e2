import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { HOME } from "../support/run-command";

const FOLDER = join(HOME, ".github/workflows");

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
  readonly env?: Readonly<Record<string, string>>;
  readonly "working-directory"?: string;
}
interface Job {
  readonly uses?: string;
  readonly environment?: string;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly steps?: readonly Step[];
}
interface Workflow {
  readonly on: Readonly<Record<string, unknown>>;
  readonly permissions?: unknown;
  readonly jobs: Readonly<Record<string, Job>>;
}

/** Inputs that would undo what an action's newest major does by itself, or put what a stranger left into a later run. */
function riskyInputs({ uses = "", with: given = {} }: Step): readonly string[] {
  const [action = ""] = uses.split("@");
  const node = action === "actions/setup-node";
  return [
    ...("allow-unsafe-pr-checkout" in given ? ["checkout of a fork's code with rights"] : []),
    ...(given["digest-mismatch"] === undefined || given["digest-mismatch"] === "error" ? [] : ["a digest may differ"]),
    ...("archive" in given || "skip-decompress" in given ? ["an artifact that is no archive"] : []),
    ...(action === "actions/cache" || "cache" in given || (node && given["package-manager-cache"] !== false)
      ? ["a cache that other runs fill"]
      : []),
    ...(node && given["node-version"] !== "24" ? ["another Node than 24"] : []),
  ];
}

/** What is wrong with a workflow, a line each. */
function troubles(text: string): readonly string[] {
  const workflow = parse(text) as Workflow;
  const jobs = Object.entries(workflow.jobs);
  const steps = jobs.flatMap(([, { steps: own = [] }]) => own);
  const trusted = !("pull_request" in workflow.on);
  return [
    ...("pull_request_target" in workflow.on ? ["pull_request_target"] : []),
    ...(JSON.stringify(workflow.permissions) === "{}" ? [] : ["the workflow's own permissions are not {}"]),
    ...jobs.flatMap(([name, { permissions }]) => (permissions ? [] : [`${name}: no permissions`])),
    ...[...text.matchAll(/\buses: (\S+)( *#.*)?/g)].flatMap(([, uses = "", comment = ""]) =>
      uses.startsWith("./") || (/^[\w./-]+@[0-9a-f]{40}$/.test(uses) && /^ # v\d+\.\d+\.\d+$/.test(comment))
        ? []
        : [`not pinned: ${uses}`],
    ),
    ...steps.flatMap(({ run = "" }) => (run.includes("${{") ? [`an expression in run: ${run}`] : [])),
    ...steps.flatMap(({ uses = "", with: given }) =>
      uses.startsWith("actions/checkout@") && given?.["persist-credentials"] !== false
        ? ["checkout keeps its token"]
        : [],
    ),
    ...steps.flatMap(riskyInputs),
    ...(text.includes("secrets.") ? ["a secret: a workflow that another one calls gets none"] : []),
    ...steps.flatMap(({ run = "" }) =>
      /\bnpm (ci|i|install)\b/.test(run) && !run.includes("--ignore-scripts") ? ["packages run what they like"] : [],
    ),
    ...(trusted ? [] : /secrets\.|github\.token|GITHUB_TOKEN|: write/.test(text) ? ["a pull request gets rights"] : []),
    ...steps.flatMap(({ run = "" }) =>
      [...run.matchAll(/\.github\/scripts\/[\w.-]+/g)].flatMap(([script]) =>
        existsSync(join(HOME, script)) ? [] : [`there is no ${script}`],
      ),
    ),
  ];
}

const FILES = readdirSync(FOLDER).map((name) => [name, readFileSync(join(FOLDER, name), "utf8")] as const);
const read = (name: string) => parse(readFileSync(join(FOLDER, name), "utf8")) as Workflow;

test.each(FILES)("%s keeps the rules", (_name, text) => {
  expect(troubles(text)).toEqual([]);
});

test.each([
  ["a tag", (text: string) => text.replace(/checkout@\S+ # \S+/, "checkout@v4"), "not pinned"],
  ["no version beside", (text: string) => text.replace(/(checkout@\S+) # \S+/, "$1"), "not pinned"],
  [
    "its token stays",
    (text: string) => text.replace("persist-credentials: false", "persist-credentials: true"),
    "token",
  ],
  [
    "injection",
    (text: string) => text.replace("run: npm ci --ignore-scripts", 'run: echo "${{ github.head_ref }}"'),
    "an expression",
  ],
  ["a right", (text: string) => text.replace("contents: read", "contents: write"), "gets rights"],
  ["a secret", (text: string) => text.replace('node-version: "24"', "token: ${{ secrets.KEY }}"), "gets rights"],
  ["the other trigger", (text: string) => text.replace("pull_request:", "pull_request_target:"), "pull_request_target"],
  ["install scripts", (text: string) => text.replace("npm ci --ignore-scripts", "npm ci"), "run what they like"],
  ["no script", (text: string) => text.replace("check.sh", "chek.sh"), "there is no"],
  ["a cache", (text: string) => text.replace("          package-manager-cache: false\n", ""), "a cache"],
  ["a cache by name", (text: string) => text.replace("package-manager-cache: false", "cache: npm"), "a cache"],
  ["an old Node", (text: string) => text.replace('node-version: "24"', 'node-version: "20"'), "another Node"],
  ["a fork", (text: string) => text.replace("fetch-depth: 2", "allow-unsafe-pr-checkout: true"), "a fork's code"],
  [
    "any download",
    (text: string) => text.replace("          path: ${{ runner.temp }}", "          digest-mismatch: warn\n$&"),
    "a digest",
  ],
  ["a bare file", (text: string) => text.replace("include-hidden-files: true", "archive: false"), "no archive"],
  ["rights for all", (text: string) => text.replace("permissions: {}", "permissions: write-all"), "not {}"],
])("a planted breach is found: %s", (_name, plant, expected) => {
  const text = readFileSync(join(FOLDER, "pull-request.yml"), "utf8");
  expect(plant(text)).not.toBe(text);
  expect(troubles(plant(text)).join()).toContain(expected);
});

test("only one job writes to pull requests, and it installs nothing and runs two scripts", () => {
  const writers = FILES.flatMap(([name]) =>
    Object.entries(read(name).jobs).filter(([, { permissions = {} }]) =>
      Object.entries(permissions).some(([right, given]) => given === "write" && right !== "id-token"),
    ),
  );
  expect(writers.map(([name]) => name)).toEqual(["comment"]);
  const runs = writers.flatMap(([, { steps = [] }]) => steps.flatMap(({ run }) => run ?? []));
  expect(runs).toEqual(["node .github/scripts/set-status.js", "node .github/scripts/upsert-comment.js"]);
});

test("credentials of AWS are only where an environment guards them, and after npm", () => {
  for (const [name] of FILES)
    for (const [job, { permissions, environment, steps = [], uses }] of Object.entries(read(name).jobs)) {
      if (permissions?.["id-token"] !== "write" || uses !== undefined) continue;
      expect([name, job, environment]).toEqual([name, job, expect.stringMatching(/^(plan|production)$/)]);
      const order = steps.map((step) => step.run ?? step.uses?.split("@")[0]);
      expect(order.indexOf("npm ci --ignore-scripts")).toBeLessThan(
        order.indexOf("aws-actions/configure-aws-credentials"),
      );
    }
});

test("the trusted workflow never checks the pull request out: only the default branch, and objects as data", () => {
  const steps = Object.values(read("review-comment.yml").jobs).flatMap(({ steps: own = [] }) => own);
  const checkouts = steps.filter(({ uses = "" }) => uses.startsWith("actions/checkout@"));
  expect(new Set(checkouts.map(({ with: given }) => given?.["ref"]))).toEqual(
    new Set(["${{ github.event.repository.default_branch }}"]),
  );
  expect(steps.flatMap(({ run, "working-directory": at = "." }) => (run === undefined ? [] : [at]))).not.toContain(
    "head",
  );
  expect(steps.filter(({ run = "" }) => / head\//.test(run))).toEqual([]);
});

test("an action has one commit and one version wherever it is used", () => {
  const pins = FILES.flatMap(([, text]) => [...text.matchAll(/\buses: ([\w./-]+)(@.*)/g)]);
  const byAction = new Map<string, Set<string>>();
  for (const [, action = "", pin = ""] of pins) byAction.set(action, (byAction.get(action) ?? new Set()).add(pin));
  expect([...byAction].filter(([, { size }]) => size !== 1)).toEqual([]);
});

test("the default branch is named in one place", () => {
  const named = FILES.filter(([, text]) => /\bmain\b/.test(text.replace(/#.*/g, "")));
  expect(named.map(([name]) => name)).toEqual(["apply.yml"]);
});

test("a job that may get credentials needs another's approval, or roles that only read", () => {
  const jobs = FILES.flatMap(([name]) =>
    Object.entries(read(name).jobs).map(([job, rest]) => ({ name, job, ...rest })),
  );
  const applying = jobs.filter(({ steps = [] }) => steps.some(({ run = "" }) => run.includes("apply.sh")));
  expect(applying.map(({ environment }) => environment)).toEqual(["production"]);
  const planning = jobs.flatMap(({ steps = [] }) => steps.filter(({ run = "" }) => run.includes("plan.sh")));
  expect(planning.map(({ env }) => env?.["READ_ROLE"])).toEqual(["${{ vars.READ_ROLE_NAME }}"]);
});
