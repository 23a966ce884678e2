import { IamPolicy } from "@cdktf/provider-aws/lib/iam-policy";
import type { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { Construct } from "constructs";
import type { AccountPlan } from "../modules/access/plan";
import { literalTags, policyJson } from "./policy-json";

/** The customer managed policies of an account. */
export function customerManagedPolicies(
  scope: Construct,
  { policies, tags }: AccountPlan,
  provider: AwsProvider,
): readonly IamPolicy[] {
  const namespace = new Construct(scope, "policies");
  return policies.map(
    ({ name, path, description, document }) =>
      new IamPolicy(namespace, `policy-${name}`, {
        provider,
        name,
        path,
        description,
        policy: policyJson(document),
        tags: literalTags(tags),
      }),
  );
}
