import { readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import type { StackJson } from "../support/synth";

/* The classes "extra object" and "same address elsewhere", in synthesized stacks. */

type Stacks = Readonly<Record<string, StackJson>>;

export interface StackMutant {
  readonly what: string;
  readonly stacks: Readonly<Record<string, unknown>>;
}

const EVERYTHING = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }],
});

/** Settings of an account have claims of their own. */
const SETTINGS = new Set(["aws_iam_account_alias", "aws_iam_account_password_policy"]);

/** Every type of resource that the provider has. */
export const TYPES: readonly string[] = readdirSync(
  join(dirname(require.resolve("@cdktf/provider-aws/package.json")), "lib"),
  { withFileTypes: true },
)
  .filter((entry) => entry.isDirectory() && !entry.name.startsWith("data-aws-") && entry.name !== "provider")
  .map(({ name }) => `aws_${name.replaceAll("-", "_")}`)
  .filter((type) => !SETTINGS.has(type));

function withResource(stacks: Stacks, stack: string, type: string, name: string, body: unknown): Stacks {
  const found = stacks[stack];
  if (!found) throw new Error(`no stack ${stack}`);
  const resource = { ...found.resource, [type]: { ...found.resource[type], [name]: body } };
  return { ...stacks, [stack]: { ...found, resource } as StackJson };
}

/** All of IAM, and some of every other service: readers that cost more per mutant take these. */
export const SOME_TYPES = TYPES.filter((type, at) => type.startsWith("aws_iam_") || at % 25 === 0);

/** A resource more of each type, in an account that has nothing of it; of other providers, too. */
export function* extraResources(stacks: Stacks, types: readonly string[]): Generator<StackMutant> {
  for (const type of [...types, "null_resource", "terraform_data", "random_pet", "local_file", "aws_made_up"])
    for (const [stack, provider] of [
      ["user", "aws.acct_user"],
      ["testing", "aws.acct_testing"],
    ] as const)
      yield {
        what: `${stack} and a ${type}`,
        stacks: withResource(stacks, stack, type, "extra", bodyOf(type, provider)),
      };
}

/** What a resource that is judged says; harmless where that is possible, for it is the object that nobody asked for. */
function bodyOf(type: string, provider: string): object {
  const [, kind = "", part = ""] = /^aws_iam_(user|group|role)_(.*)$/.exec(type) ?? [];
  const holder = { [kind]: "extra", [`${kind}_name`]: "extra" };
  const said = part.includes("exclusive") ? { policy_names: [], policy_arns: [], [`${kind}_name`]: "extra" } : holder;
  const own = {
    name: "extra",
    policy: EVERYTHING,
    assume_role_policy: EVERYTHING,
    policy_arn: "arn:aws:iam::aws:policy/x",
  };
  const plain: Readonly<Record<string, object>> = {
    aws_iam_user: { name: "extra" },
    aws_iam_group: { name: "extra" },
    aws_iam_role: { name: "extra", assume_role_policy: own.assume_role_policy },
    aws_iam_policy: { name: "extra", policy: EVERYTHING },
    aws_iam_group_membership: { name: "extra", group: "people", users: [] },
    aws_iam_user_group_membership: { user: "extra", groups: ["people"] },
  };
  return { provider, ...(plain[type] ?? { ...own, ...said }) };
}

/** Parts of a stack besides resources, and arguments that make a resource something else. */
export function* extraParts(stacks: Stacks): Generator<StackMutant> {
  const parts = ["data", "module", "output", "variable", "locals", "import", "moved", "removed", "check", "ephemeral"];
  for (const part of [...parts, "action", "list", "resources", "x"])
    yield { what: `a ${part}`, stacks: { ...stacks, testing: { ...stacks["testing"], [part]: { extra: {} } } } };
  const meta = ["count", "for_each", "dynamic", "provisioner", "connection", "lifecycle", "timeouts", "x"];
  for (const [stack, { resource }] of Object.entries(stacks))
    for (const [type, byName] of Object.entries(resource)) {
      const [name, body] = Object.entries(byName)[0] ?? [];
      if (name === undefined || SETTINGS.has(type)) continue;
      for (const argument of meta) {
        const changed = { ...body, [argument]: { extra: ["path"] } };
        yield { what: `${argument} of ${type} in ${stack}`, stacks: withResource(stacks, stack, type, name, changed) };
      }
      yield {
        what: `the guard for ${type} in ${stack}`,
        stacks: withResource(stacks, stack, type, name, { ...body, provider: undefined }),
      };
    }
}

/** Each resource once more: in another stack, of another account, in another spelling. */
export function* elsewhere(stacks: Stacks): Generator<StackMutant> {
  for (const [from, { resource, provider }] of Object.entries(stacks))
    for (const [to, other] of Object.entries(stacks)) {
      if (to === from) continue;
      const providers = { ...other.provider, aws: [...other.provider.aws, ...provider.aws.slice(1)] };
      const both = { ...stacks, [to]: { ...other, provider: providers } };
      for (const [type, byName] of Object.entries(resource))
        for (const [name, body] of Object.entries(byName)) {
          if (SETTINGS.has(type)) continue;
          const what = `${type}.${name} of ${from} in ${to}`;
          yield { what: `${what}, of the same account`, stacks: withResource(both, to, type, name, weaker(body)) };
          yield { what: `${what}, without a provider`, stacks: withResource(stacks, to, type, name, body) };
          const own = { ...body, provider: `aws.acct_${to}` };
          yield { what: `${what}, of its account`, stacks: withResource(stacks, to, type, `${name}x`, own) };
          const spelled = { ...upper(body), provider: `aws.acct_${from}` };
          yield { what: `${what}, spelled otherwise`, stacks: withResource(both, to, type, `${name}x`, spelled) };
        }
    }
}

function weaker(body: Readonly<Record<string, unknown>>): object {
  const texts = ["policy", "assume_role_policy"].filter((key) => key in body);
  return { ...body, ...Object.fromEntries(texts.map((key) => [key, EVERYTHING])) };
}

function upper(body: Readonly<Record<string, unknown>>): object {
  const { name } = body;
  return typeof name === "string" ? { ...body, name: name.toUpperCase() } : body;
}
