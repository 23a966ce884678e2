/** What one thing that is in an account is taken for. */
export interface Classified {
  /** Key of the account. */
  readonly account: string;
  readonly arn: string;
  /** `expected` is counted, `note` is worth knowing and not wrong, `unknown` is never a pass. */
  readonly kind: "expected" | "note" | "finding" | "unknown";
  /** Stable kebab-case: the class of what is expected, or what is wrong. */
  readonly code: string;
  /** One line, lower case; empty for what is expected. */
  readonly message: string;
  readonly cure: string;
}

/** Classes of what is expected, in the order they are counted: one of them, and several. */
const CLASSES: Readonly<Record<string, readonly [one: string, several: string]>> = {
  "tier-role": ["role of the roster", "roles of the roster"],
  "deploy-role": ["deploy role", "deploy roles"],
  "declared-role": ["declared role", "declared roles"],
  "service-linked-role": ["service-linked role", "service-linked roles"],
  "identity-center-role": ["role of Identity Center", "roles of Identity Center"],
  "application-role": ["application role inside the boundary", "application roles inside the boundary"],
  "service-role": ["service role no stronger than operators", "service roles no stronger than operators"],
  "federated-role": ["role for one federated subject", "roles for one federated subject each"],
  "own-role": ["role that only the account itself may take", "roles that only the account itself may take"],
  "closed-role": ["role that nobody may take", "roles that nobody may take"],
  "declared-provider": ["declared federation provider", "declared federation providers"],
  "identity-center-provider": ["federation provider of Identity Center", "federation providers of Identity Center"],
  "rolecall-policy": ["policy of Rolecall", "policies of Rolecall"],
  "held-policy": ["policy judged with its holders", "policies judged with their holders"],
  "narrow-policy": ["unheld policy no wider than operators", "unheld policies no wider than operators"],
  "instance-profile": ["instance profile", "instance profiles"],
};

/** `12 service-linked roles, 3 roles of Identity Center`; empty when nothing is expected. */
export function countedText(all: readonly Classified[]): string {
  return Object.entries(countsOf(all))
    .map(([code, count]) => `${count} ${CLASSES[code]?.[count === 1 ? 0 : 1] ?? code}`)
    .join(", ");
}

/** How many there are of each class, in the order of the classes. */
export function countsOf(all: readonly Classified[]): Readonly<Record<string, number>> {
  const expected = all.filter(({ kind }) => kind === "expected");
  const counts = Object.keys(CLASSES).map(
    (code) => [code, expected.filter((each) => each.code === code).length] as const,
  );
  return Object.fromEntries(counts.filter(([, count]) => count > 0));
}
