import { changeSentence } from "../../../modules/review/sentences/sentence";
import { parsePlan } from "../../../modules/terraform/read/plan-text";
import { reviewPlans } from "../../../modules/review/plan/review-plans";
import { readPlan, type TerraformPlan } from "../../../modules/terraform/read/read-plan";

export const KEYS = new Map([
  ["111111111111", "user"],
  ["222222222222", "testing"],
]);

/** All that a review of this plan says besides what documents show. */
export function besides(plan: TerraformPlan): readonly string[] {
  const witness = { keys: KEYS, head: [] };
  const { doubts, disagreements, besides: found } = reviewPlans([{ file: "plan.json", plan }], witness, () => []);
  return [...doubts, ...disagreements, ...found].map(
    (change) => `${change.direction} ${change.account ?? "all"}: ${changeSentence(change)}`,
  );
}

/** Plans that are written by hand here have changes alone, and no values to go with them. */
export const CONTRADICTS = /: the plan: it contradicts itself: \d+ changes? ha/;

export const PROVIDERS = {
  "aws.acct_testing": {
    alias: "acct_testing",
    expressions: { allowed_account_ids: { constant_value: ["222222222222"] } },
  },
};

export interface Entry {
  readonly type: string;
  readonly actions: readonly string[];
  readonly before?: object;
  readonly after?: object;
  readonly more?: object;
}

/** A plan of testing with these changes; address and provider are made up. */
export function plan(entries: readonly Entry[], patch: object = {}): TerraformPlan {
  const address = (at: number) => `${entries[at]?.type}.r${at}`;
  const resource_changes = entries.map(({ type, actions, before = null, after = null, more = {} }, at) => ({
    ...{ address: address(at), mode: "managed", type, ...more },
    change: { actions, before, after, after_unknown: {}, ...more },
  }));
  const resources = entries.map((_, at) => ({ address: address(at), provider_config_key: "aws.acct_testing" }));
  const json = {
    ...{ format_version: "1.2", planned_values: {}, resource_changes },
    ...{ configuration: { provider_config: PROVIDERS, root_module: { resources } }, ...patch },
  };
  const parsed = parsePlan(Buffer.from(JSON.stringify(json)));
  if (!parsed.known) throw new Error(parsed.reason);
  return readPlan(parsed.value);
}
