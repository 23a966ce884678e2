import { serviceName } from "../../iam/partition";
import { judgeFederation } from "./federation";
import { isRecord, quote } from "../../text";
import type { Classified } from "./classified";
import { type AccountPlace, sayOf, whoOf } from "./place";
import type { Opening } from "./read-trust";
import services from "./services.json";

const OUTSIDE: Readonly<Record<string, string>> = services.outside;

/** What is wrong with one opening of a role that nothing declares; nothing when the account's own compute or roles come in. */
export function judgeOpening(place: AccountPlace, arn: string, opening: Opening, cure: string): readonly Classified[] {
  const { finding, note, unknown } = sayOf(place, arn);
  const { account, claims, isUserAccount } = place;
  const lets = `${quote(arn)} lets in ${whoOf(place, opening)}`;
  const isOwn = opening.account === account.id;
  switch (opening.kind) {
    case "unreadable":
      return [unknown("unreadable-trust", `${quote(arn)} cannot be judged: ${opening.principal}`, cure)];
    case "gone":
      return [note("names-nobody", `${quote(arn)} trusts ${quote(opening.principal)}, which is gone`, "remove it")];
    case "anybody":
      return [finding("open-to-anybody", lets, cure)];
    case "service":
      return judgeService(place, arn, opening, cure);
    case "provider":
      return judgeProvider(place, arn, opening, cure);
    case "role":
    case "account":
      if (isOwn) return isUserAccount ? [finding("unexpected-role", `${lets}; nothing else belongs there`, cure)] : [];
      return [
        finding(opening.account === claims.userAccount.id ? "open-to-user-account" : "open-to-account", lets, cure),
      ];
    case "user":
      return [finding("open-to-user", lets, cure)];
  }
}

function judgeService(place: AccountPlace, arn: string, opening: Opening, cure: string): readonly Classified[] {
  const { finding } = sayOf(place, arn);
  const outside = OUTSIDE[serviceName(opening.principal)];
  const lets = `${quote(arn)} lets in ${whoOf(place, opening)}`;
  if (outside !== undefined) return [finding("open-to-outside", `${lets}, which hands it to ${outside}`, cure)];
  return place.isUserAccount
    ? [finding("open-to-service", `${lets}; nothing else may run in the user account`, cure)]
    : [];
}

function judgeProvider(place: AccountPlace, arn: string, opening: Opening, cure: string): readonly Classified[] {
  const { finding } = sayOf(place, arn);
  const { kind, isPinned, needs } = judgeFederation(opening);
  const lets = `${quote(arn)} lets in ${whoOf(place, opening)}`;
  if (!isPinned)
    return [finding("federation-without-subject", `${lets}: its condition does not pin ${needs}`, `pin ${needs}`)];
  if (opening.principal.startsWith("arn:"))
    return [finding("foreign-provider", `${lets}, a provider of another account`, cure)];
  if (kind === "saml") return [finding("open-to-saml", `${lets}, and that provider decides who that is`, cure)];
  return place.isUserAccount ? [finding("open-to-federation", lets, cure)] : [];
}

const NARROWING = ["aws:principalorgid", "aws:principalorgpaths", "aws:principalaccount", "aws:principalarn"];
const NARROWS = /^(foranyvalue:)?(string|arn)(equals|like)$/i;

/** True when a condition lets in some accounts or principals alone: no pattern that any ARN or organization fits. */
export function isNarrowed({ condition }: Opening): boolean {
  const tests = Object.entries(isRecord(condition) ? condition : {})
    .filter(([operator]) => NARROWS.test(operator))
    .flatMap(([, keys]) => Object.entries(isRecord(keys) ? keys : {}));
  return tests.some(
    ([key, values]) =>
      NARROWING.includes(key.toLowerCase()) &&
      [values]
        .flat()
        .every((value) => /^(\d{12}$|o-[a-z0-9]{10,32}(\/|$)|arn:[\w-]+:(iam|sts)::\d{12}:)/.test(String(value))),
  );
}
