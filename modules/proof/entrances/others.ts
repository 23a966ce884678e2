import { countOf } from "../../words";
import type {
  FederationProvider,
  InstanceProfile,
  LivePolicyVersions,
  UserCredential,
} from "../../iam/account-documents";
import { userArn } from "../../iam/arn";
import { quote } from "../../text";
import { CENTER_PROVIDER, isCenterRole } from "./aws-roles";
import type { Classified } from "./classified";
import { providerFingerprint } from "./fingerprint";
import { type AccountPlace, expectedKeyOf, sayOf } from "./place";
import { principalText, readTrust } from "./read-trust";
import { judgeRewritable } from "./rewritable";
import { defaultText, widerVersions } from "./rights";

export function classifyProvider(place: AccountPlace, provider: FederationProvider): readonly Classified[] {
  const { account, expected, inventory, isUserAccount } = place;
  const { expected: count, finding, note } = sayOf(place, provider.arn);
  const name = principalText(provider.arn, account.id);
  const live = providerFingerprint(provider, account.id);
  const declaration = `${expectedKeyOf(place)}.providers: { ${JSON.stringify(name)}: ${live} }`;
  const declared = expected.providers.find((each) => each.name === name);
  if (declared) {
    if (declared.fingerprint === live) return [count("declared-provider")];
    const message = `the settings of the declared federation provider ${quote(name)} changed`;
    return [finding("declared-provider-changed", message, `put them back, or declare them: ${declaration}`)];
  }
  const trusting = inventory.roles.filter(({ trust }) =>
    readTrust(trust, account.id).some(({ principal }) => principal === name),
  );
  const isCenters = CENTER_PROVIDER.test(name) && trusting.some((role) => isCenterRole(role, account.id));
  if (isCenters) return [count("identity-center-provider")];
  const message = `the federation provider ${quote(name)} is in ${account.key}; ${countOf(trusting.length, "role trusts", "roles trust")} it`;
  const cure = `delete it, or declare it: ${declaration}`;
  return isUserAccount || provider.kind === "saml"
    ? [finding("unexpected-provider", message, cure)]
    : [note("provider", message, cure)];
}

/** Policies that are held are judged with whoever holds them; only what nobody holds, and what could be put in force, is judged here. */
export function classifyPolicy(place: AccountPlace, policy: LivePolicyVersions): readonly Classified[] {
  const { inventory, isUserAccount, beyond } = place;
  const { arn, path, holders, bounds = 0 } = policy;
  const { expected, finding } = sayOf(place, arn);
  const known = [...inventory.roles, ...inventory.usersAndGroups];
  const isBoundary = bounds > 0 || known.some(({ boundary }) => boundary === arn);
  const isOurs = path === "/rolecall/";
  const guarded = isOurs || isUserAccount || (isBoundary && !path.startsWith("/application/"));
  const wider = (guarded ? widerVersions(policy) : []).map(({ id }) =>
    finding(
      "wider-version",
      `the version ${id} of ${quote(arn)} may allow more than the default version; anyone who may set the default version can put it in force`,
      `delete it: aws iam delete-policy-version --policy-arn ${arn} --version-id ${id}`,
    ),
  );
  const wrong = [...wider, ...judgeRewritable(place, policy)];
  // What is held is judged with its holders, and by its text where it is the roster's.
  if (holders > 0 || isBoundary)
    return wrong.length > 0 ? wrong : [expected(isOurs ? "rolecall-policy" : "held-policy")];
  const own = { kind: "role", name: arn, path, inline: new Map([["", defaultText(policy)]]), attached: [] } as const;
  const unheld = `the policy ${quote(arn)} is held by nobody`;
  if (isUserAccount)
    return [...wider, finding("unheld-policy", `${unheld}, and the roster asks for none`, "delete it")];
  const more = beyond(own);
  if (more.length === 0) return [...wider, expected("narrow-policy")];
  return [
    ...wider,
    finding(
      "unheld-policy",
      `${unheld}, and allows ${more.join(", ")}`,
      "delete it; anyone who attaches it gets these rights",
    ),
  ];
}

export function classifyInstanceProfile(place: AccountPlace, { arn }: InstanceProfile): Classified {
  const { expected, finding } = sayOf(place, arn);
  if (!place.isUserAccount) return expected("instance-profile");
  const message = `the instance profile ${quote(arn)} is in the user account; nothing else may run there`;
  return finding("instance-profile-in-user-account", message, "delete it");
}

export function classifyCredential(place: AccountPlace, { user, kind, id }: UserCredential): Classified {
  const { finding } = sayOf(place, userArn(place.account, "/", user));
  const article = kind === "SSH key" ? "an" : "a";
  const message = `the user ${quote(user)} has ${article} ${kind} (${quote(id)})`;
  return finding("other-credential", message, "delete it; it works without MFA, and nothing here needs one");
}
