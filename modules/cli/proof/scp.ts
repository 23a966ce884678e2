import { PROTECTED_PATH } from "../../access/names";
import { formatFinding } from "../../finding";
import { guardScp } from "../../tiers/guard-scp";
import type { Context } from "../../machine/context";
import { readRoster } from "../roster/read-roster";

const EXPLAINED = `This is a service control policy for your organization. While it is attached to the accounts of the roster,
- tier roles and their policies (path ${PROTECTED_PATH}) are changed by the deploy roles alone, also not by administrators;
- the deploy roles are changed by nobody: detach the policy first.
It does not bind the organization's management account. Without it, administrators can undo everything: it is the one thing
that binds them. Attach it from the management account:
  rolecall scp > guard.json
  aws organizations create-policy --type SERVICE_CONTROL_POLICY --name rolecall-guard --description "tier roles" --content file://guard.json
  aws organizations attach-policy --policy-id <id> --target-id <account or organizational unit>
`;

/** Prints the service control policy that binds administrators; what it means goes to standard error. Exit 0 or 2. */
export async function scp(context: Context, { roster: path }: { readonly roster?: string }): Promise<number> {
  const roster = await readRoster(context, path);
  for (const finding of roster.findings) context.stderr(`${formatFinding(finding)}\n`);
  if (!roster.ok) return 2;
  const { userAccount, accounts } = roster.value;
  const deployRoleArns = [userAccount, ...accounts].map(({ deployRoleArn }) => deployRoleArn);
  context.stdout(`${JSON.stringify(guardScp({ path: PROTECTED_PATH, deployRoleArns }), undefined, 2)}\n`);
  context.stderr(EXPLAINED);
  return 0;
}
