import {
  GetGroupPolicyCommand,
  GetPolicyCommand,
  GetPolicyVersionCommand,
  GetUserPolicyCommand,
  type IAMClient,
  paginateListAttachedGroupPolicies,
  paginateListGroupPolicies,
} from "@aws-sdk/client-iam";
import type { AccountDocuments, GroupDocuments } from "../iam/account-documents";
import { decodeDocument } from "../live/decode-document";
import { LOCK_POLICY_ARN } from "./offboard-steps";
import type { PersonState } from "./person-state";

/** The documents that give one person rights, as if their account held nobody else; without the lock of an offboarding. */
export async function readRights(iam: IAMClient, accountId: string, state: PersonState): Promise<AccountDocuments> {
  const inline = new Map<string, unknown>();
  for (const PolicyName of state.inlinePolicies) {
    const { PolicyDocument } = await iam.send(new GetUserPolicyCommand({ UserName: state.name, PolicyName }));
    inline.set(PolicyName, decodeDocument(PolicyDocument));
  }
  const attached = state.attachedPolicies.filter((arn) => arn !== LOCK_POLICY_ARN);
  const groups: GroupDocuments[] = [];
  for (const name of state.groups) groups.push(await readGroup(iam, name, state.name));
  const policies = new Map<string, unknown>();
  for (const arn of new Set([...attached, ...groups.flatMap((group) => group.attached)]))
    policies.set(arn, await readManaged(iam, arn));
  return {
    id: accountId,
    users: [{ kind: "user", name: state.name, path: "/", inline, attached }],
    groups,
    roles: [],
    policies,
    unknowns: [],
  };
}

async function readGroup(client: IAMClient, GroupName: string, member: string): Promise<GroupDocuments> {
  const inline = new Map<string, unknown>();
  for await (const { PolicyNames } of paginateListGroupPolicies({ client }, { GroupName })) {
    for (const PolicyName of PolicyNames ?? []) {
      const { PolicyDocument } = await client.send(new GetGroupPolicyCommand({ GroupName, PolicyName }));
      inline.set(PolicyName, decodeDocument(PolicyDocument));
    }
  }
  const attached: string[] = [];
  for await (const { AttachedPolicies } of paginateListAttachedGroupPolicies({ client }, { GroupName }))
    attached.push(...(AttachedPolicies ?? []).map(({ PolicyArn = "" }) => PolicyArn));
  return { kind: "group", name: GroupName, path: "/", members: [member], inline, attached };
}

async function readManaged(iam: IAMClient, PolicyArn: string): Promise<unknown> {
  const { Policy } = await iam.send(new GetPolicyCommand({ PolicyArn }));
  const version = new GetPolicyVersionCommand({ PolicyArn, VersionId: Policy?.DefaultVersionId });
  return decodeDocument((await iam.send(version)).PolicyVersion?.Document);
}
