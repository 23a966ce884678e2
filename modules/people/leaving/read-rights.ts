import {
  GetGroupPolicyCommand,
  GetPolicyCommand,
  GetPolicyVersionCommand,
  GetUserPolicyCommand,
  type IAMClient,
  ListAttachedGroupPoliciesCommand,
  ListGroupPoliciesCommand,
} from "@aws-sdk/client-iam";
import type { AccountDocuments, GroupDocuments } from "../../iam/account-documents";
import type { AccountRef } from "../../iam/arn";
import { askAll } from "../../live/ask-all";
import { decodeDocument } from "../../live/decode-document";
import { ask } from "../../live/send";
import { isLock } from "../lock";
import type { PersonState } from "../person-state";

/** The documents that give one person rights, as if their account held nobody else; without the lock of an offboarding. */
export async function readRights(iam: IAMClient, account: AccountRef, state: PersonState): Promise<AccountDocuments> {
  const inline = new Map<string, unknown>();
  for (const PolicyName of state.inlinePolicies) {
    const { PolicyDocument } = await ask(iam, new GetUserPolicyCommand({ UserName: state.name, PolicyName }));
    inline.set(PolicyName, decodeDocument(PolicyDocument));
  }
  const attached = state.attachedPolicies.filter((arn) => !isLock(arn));
  const groups: GroupDocuments[] = [];
  for (const name of state.groups) groups.push(await readGroup(iam, name, state.name));
  const policies = new Map<string, unknown>();
  for (const arn of new Set([...attached, ...groups.flatMap((group) => group.attached)]))
    policies.set(arn, await readManaged(iam, arn));
  return {
    ...{ id: account.id, partition: account.partition },
    users: [{ kind: "user", name: state.name, path: "/", inline, attached }],
    groups,
    roles: [],
    policies,
    unknowns: [],
  };
}

async function readGroup(client: IAMClient, GroupName: string, member: string): Promise<GroupDocuments> {
  const inline = new Map<string, unknown>();
  const names = await askAll(client, ListGroupPoliciesCommand, { GroupName }, (page) => page.PolicyNames);
  for (const PolicyName of names) {
    const { PolicyDocument } = await ask(client, new GetGroupPolicyCommand({ GroupName, PolicyName }));
    inline.set(PolicyName, decodeDocument(PolicyDocument));
  }
  const found = await askAll(client, ListAttachedGroupPoliciesCommand, { GroupName }, (page) => page.AttachedPolicies);
  const attached = found.map(({ PolicyArn = "" }) => PolicyArn);
  return { kind: "group", name: GroupName, path: "/", members: [member], inline, attached };
}

async function readManaged(iam: IAMClient, PolicyArn: string): Promise<unknown> {
  const { Policy } = await ask(iam, new GetPolicyCommand({ PolicyArn }));
  const version = new GetPolicyVersionCommand({ PolicyArn, VersionId: Policy?.DefaultVersionId });
  return decodeDocument((await ask(iam, version)).PolicyVersion?.Document);
}
