import type { Settings } from "../iam/stack-setup";
import type { ClaimedProvider, ClaimedStack } from "../proof/claims";
import type { Account, Backend, Roster, UserAccount } from "../roster/roster";
import { compareText } from "../text";

/*
 * How each stack must be set up, as data. Written from the roster's language and Terraform's documentation, never from the code
 * that writes stacks: that is what it is held against.
 */

/** S3 lock files need it. */
const REQUIRED_TERRAFORM = ">= 1.10.0";
/** The releases this project has applied (docs/decisions/004-provider-lock.md). */
const AWS = { source: "registry.terraform.io/hashicorp/aws", version: "~> 5.100" } as const;
/** Nobody's account: a provider that may touch no other fails before it does anything. */
const NOBODY = "000000000000";
/** What CloudTrail shows as the session of every change. */
const SESSION = "rolecall";

/** All that stacks for the sandbox may say differently: a state next to its output, and an end to retries. */
const SANDBOX: { readonly backend: Backend; readonly may: Settings } = {
  backend: { kind: "local", directory: "state" },
  may: { max_retries: 3 },
};

type AnyAccount = Account | UserAccount;

/** What the roster says of every stack; of the sandbox's when these stacks are for it. */
export function claimStacks(roster: Roster, sandbox: boolean): readonly ClaimedStack[] {
  const accounts: readonly AnyAccount[] = [roster.userAccount, ...roster.accounts];
  const keys = [...new Set(accounts.map(({ stack }) => stack))].sort(compareText);
  const backend = sandbox ? SANDBOX.backend : roster.backend;
  const may = sandbox ? SANDBOX.may : {};
  return keys.map((key) => {
    const own = accounts.filter(({ stack }) => stack === key).sort((a, b) => compareText(a.key, b.key));
    return {
      ...{ key, accounts: own.map((account) => account.key), place: own[0]?.place ?? roster.userAccount.place },
      terraform: {
        required_version: REQUIRED_TERRAFORM,
        required_providers: { aws: AWS },
        ...stateSettings(backend, key),
      },
      providers: [guard(own), ...own.map((account) => provider(account, may))],
      workspace: backend.kind === "cloud" ? `${backend.workspacePrefix}${key}` : "default",
    };
  });
}

function guard([first]: readonly AnyAccount[]): ClaimedProvider {
  const settings = { region: first?.region, allowed_account_ids: [NOBODY] };
  return { name: "aws", ...AWS, settings, may: {} };
}

function provider({ key, id, region, deployRoleArn }: AnyAccount, may: Settings): ClaimedProvider {
  const role = { role_arn: deployRoleArn, session_name: SESSION };
  const settings = { region, allowed_account_ids: [id], assume_role: [role] };
  return { name: `aws.acct_${key}`, account: key, ...AWS, settings, may };
}

function stateSettings(backend: Backend, key: string): Settings {
  switch (backend.kind) {
    case "local":
      return { backend: { local: { path: `../../../${backend.directory}/${key}.tfstate` } } };
    case "s3": {
      const { bucket, region, prefix, roleArn, kmsKeyId } = backend;
      const assumed = roleArn === undefined ? {} : { assume_role: { role_arn: roleArn, session_name: SESSION } };
      const encrypted = { encrypt: true, ...(kmsKeyId === undefined ? {} : { kms_key_id: kmsKeyId }) };
      const s3 = { bucket, key: `${prefix}${key}.tfstate`, region, use_lockfile: true, ...encrypted, ...assumed };
      return { backend: { s3 } };
    }
    case "cloud": {
      const { organization, hostname, project, workspacePrefix } = backend;
      const workspaces = { name: `${workspacePrefix}${key}`, ...(project === undefined ? {} : { project }) };
      return { cloud: { organization, ...(hostname === undefined ? {} : { hostname }), workspaces } };
    }
  }
}
