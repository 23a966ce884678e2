/** Changes of documents that change nobody's access, or only less than is promised, and why. An entry that no mutant needs fails the test. */
export const EQUIVALENT: readonly { readonly matches: RegExp; readonly why: string }[] = [
  {
    matches: /trust of \w+ \[PeopleWithMfa\] condition Bool aws:MultiFactorAuthPresent dropped/,
    why: "without MFA there is no MFA age, and NumericLessThan fails on a missing key: the two conditions say the same",
  },
  {
    matches: /trust of \w+ \[PeopleWithMfa\] condition ArnLike aws:PrincipalArn dropped/,
    why: "a second lock: who is no user has no aws:username, and no session name equals what is not there",
  },
  {
    matches: /role (administrator|operator)\/\w+ and (somebody|a foreign)/,
    why: "administrators have everything, and what an operator's role allows is everything within its boundary",
  },
  {
    matches: /(role spectator\/spectator|operator-boundary) and a foreign role/,
    why: "taking other roles is denied there, which no allowance undoes",
  },
  {
    matches: /group people\/self-service \[\w+\] Resource and arn:aws:iam::999999999999/,
    why: "IAM's own calls reach no other account",
  },
  {
    matches: /role spectator\/spectator \[Metadata\] Action without/,
    why: "what spectators see beyond the least list is no promise",
  },
  {
    matches: /role spectator\/spectator \[No\w+\] Action \S+:\* for/,
    why: "a wider denial: what spectators see beyond the least list is no promise",
  },
  {
    matches: /self-service \[(RemoveOwnMfa|DeleteOwnMfaDevice)\] condition Bool aws:MultiFactorAuthPresent/,
    why: "a second lock: the deny without MFA says the same of everything",
  },
];
