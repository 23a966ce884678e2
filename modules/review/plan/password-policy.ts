import type { PlannedChange } from "../../terraform/plan-changes";
import type { AccessChange, Direction } from "../access-change";

/** Less of these lets weaker passwords in. */
const STRENGTHS = [
  "minimum_password_length",
  "password_reuse_prevention",
  "require_lowercase_characters",
  "require_numbers",
  "require_symbols",
  "require_uppercase_characters",
] as const;

/** An account without a policy has the IAM default: eight characters, no demand on reuse. */
export function passwordPolicyChanges(
  changes: readonly PlannedChange[],
): readonly (Pick<AccessChange, "direction" | "sentence"> & { readonly of: PlannedChange })[] {
  return changes
    .filter(({ type }) => type === "aws_iam_account_password_policy")
    .flatMap((of) => {
      const { actions } = of;
      if (actions.includes("delete") && !actions.includes("create"))
        return [{ of, direction: "widening", sentence: "passwords need to fulfil AWS's default rules only" } as const];
      if (!actions.includes("update")) return [];
      return STRENGTHS.flatMap((key) => {
        const [before, after] = [strength(of.before[key]), strength(of.after[key])];
        if (before === after) return [];
        const direction: Direction =
          before === undefined || after === undefined ? "unknown" : after < before ? "widening" : "narrowing";
        return [
          {
            of,
            direction,
            sentence: `the password policy has ${key} ${shown(of.after[key])} instead of ${shown(of.before[key])}`,
          },
        ];
      });
    });
}

function strength(value: unknown): number | undefined {
  if (typeof value === "number") return value;
  if (value === undefined || value === null) return 0;
  return typeof value === "boolean" ? Number(value) : undefined;
}

function shown(value: unknown): string {
  return typeof value === "number" || typeof value === "boolean" ? String(value) : "unset";
}
