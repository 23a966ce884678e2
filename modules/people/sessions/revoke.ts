import {
  DeleteRolePolicyCommand,
  GetRolePolicyCommand,
  type IAMClient,
  ListRolePoliciesCommand,
  PutRolePolicyCommand,
} from "@aws-sdk/client-iam";
import { renderDocument } from "../../iam/policy-document";
import { compareText, stableJson } from "../../text";
import { isRevocationName } from "../../iam/revocation-name";
import { askAll } from "../../live/ask-all";
import { decodeDocument } from "../../live/decode-document";
import { readBack } from "../../live/read-back";
import { ask } from "../../live/send";
import { unlessMissing } from "../../live/unless-missing";
import {
  parseRevocation,
  type Revocation,
  revocationDocument,
  revocationName,
  type StandingRevocation,
} from "../../iam/revocation";
import { readRoleAndTime } from "./server-time";
import { sessionNamesOf } from "./session-names";

/** What was done to one role's sessions. */
export type Revoked =
  | { readonly kind: "revoked"; readonly revocation: Revocation }
  /** There is no such role, so it has no sessions. */
  | { readonly kind: "no-role" };

/**
 * What IAM changed may take a while to reach every endpoint, so sessions issued shortly after are denied as well. A minute
 * where that hits everybody: they take the role again after it.
 */
const MARGIN_SECONDS = { person: 15 * 60, everybody: 60 } as const;

/**
 * Ends the person's open sessions of the role, and with them everybody's whose names the role's trust lets be nobody's; everybody's
 * altogether, where the trust does not say how sessions are called, or `everybody` asks for it. Doing it again only moves the instant
 * forward.
 */
export async function revokeSessions(
  iam: IAMClient,
  roleName: string,
  { person, everybody }: { readonly person: string; readonly everybody: boolean },
): Promise<Revoked> {
  const read = await unlessMissing(readRoleAndTime(iam, roleName));
  if (read === undefined) return { kind: "no-role" };
  const names = everybody ? undefined : sessionNamesOf(decodeDocument(read.role?.AssumeRolePolicyDocument));
  const margin = names?.length === 0 ? MARGIN_SECONDS.person : MARGIN_SECONDS.everybody;
  const before = new Date(Math.floor(read.now.getTime() / 1000 + margin) * 1000);
  const revocation = revocationOf(before, person, names);
  const policyName = revocationName(revocation.person);
  const command = new PutRolePolicyCommand({
    RoleName: roleName,
    PolicyName: policyName,
    PolicyDocument: renderDocument(revocationDocument(revocation)),
  });
  await readBack(
    () => ask(iam, command),
    async () => stableJson(await readRevocation(iam, roleName, policyName)) === stableJson(revocation),
  );
  return { kind: "revoked", revocation };
}

function revocationOf(before: Date, person: string, names: readonly string[] | undefined): Revocation {
  if (names === undefined) return { before };
  return names.length === 0 ? { before, person } : { before, person, names };
}

/** The revocations on a role. */
export async function readRevocations(iam: IAMClient, roleName: string): Promise<readonly StandingRevocation[]> {
  const listed = await askAll(iam, ListRolePoliciesCommand, { RoleName: roleName }, ({ PolicyNames }) => PolicyNames);
  const standing: StandingRevocation[] = [];
  for (const policyName of listed.filter(isRevocationName).sort(compareText)) {
    standing.push({ roleName, policyName, revocation: await readRevocation(iam, roleName, policyName) });
  }
  return standing;
}

async function readRevocation(iam: IAMClient, RoleName: string, PolicyName: string): Promise<Revocation | undefined> {
  const { PolicyDocument } = await ask(iam, new GetRolePolicyCommand({ RoleName, PolicyName }));
  return parseRevocation(PolicyName, decodeDocument(PolicyDocument));
}

export async function removeRevocation(iam: IAMClient, RoleName: string, PolicyName: string): Promise<void> {
  const of = { RoleName, PolicyName };
  await readBack(
    () => unlessMissing(ask(iam, new DeleteRolePolicyCommand(of))),
    async () => (await unlessMissing(ask(iam, new GetRolePolicyCommand(of)))) === undefined,
  );
}
