/** Changes of documents that change nobody's access, or only less than is promised, and why. An entry that no mutant needs fails the test. */
export const EQUIVALENT: readonly { readonly matches: RegExp; readonly why: string }[] = [
  {
    matches: /trust of \w+ \[PeopleWithMfa\] condition Bool aws:MultiFactorAuthPresent dropped/,
    why: "without MFA there is no MFA age, and NumericLessThan fails on a missing key: the two conditions say the same",
  },
  {
    matches: /condition DateLessThan aws:CurrentTime made IfExists/,
    why: "aws:CurrentTime is in every request",
  },
  {
    matches: /role (administrator|operator) gets (AdministratorAccess|an inline policy)/,
    why: "administrators have everything, and an operator's boundary holds whatever is attached",
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
