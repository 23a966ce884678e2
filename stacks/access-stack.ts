import { TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import type { StackPlan } from "../modules/access/plan";
import { accountProvider, guardProvider } from "./account-provider";
import { stateBackend } from "./backend";
import { UserAccount } from "./user-account";
import { WorkloadAccount } from "./workload-account";
import type { Backend } from "../modules/roster/roster";

/** Terraform that knows S3 lock files (1.10). */
const REQUIRED_TERRAFORM = ">= 1.10.0";

/** The provider releases this project has really applied (docs/decisions/004-provider-lock.md). */
const AWS_PROVIDER = { source: "registry.terraform.io/hashicorp/aws", version: "~> 5.100" };

interface AccessStackProps {
  readonly plan: StackPlan;
  readonly backend: Backend;
  /** @default the provider's own */
  readonly maxRetries?: number;
}

/** One Terraform state: the backend, a provider for each account, and each account's slice of the access plan. */
export class AccessStack extends TerraformStack {
  constructor(scope: Construct, id: string, { plan, backend, maxRetries }: AccessStackProps) {
    super(scope, id);
    this.addOverride("terraform.required_version", REQUIRED_TERRAFORM);
    // The bindings pin one exact release; a range lets the reviewed lock file choose.
    this.addOverride("terraform.required_providers.aws", AWS_PROVIDER);
    stateBackend(this, backend);
    guardProvider(this, plan.accounts[0]?.region ?? "us-east-1");
    for (const account of plan.accounts) {
      const provider = accountProvider(this, account, maxRetries);
      if (account.kind === "user") new UserAccount(this, account.key, { plan: account, provider });
      else new WorkloadAccount(this, account.key, { plan: account, provider });
    }
  }
}
