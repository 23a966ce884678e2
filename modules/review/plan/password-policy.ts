import type { PlannedChange } from "../../terraform/read/plan-changes";
import { compareText, quote, stableJson } from "../../text";
import type { AccessChange, Direction } from "../access-change";

/** Less of these lets weaker passwords in. What is not here says who may change a password and when, which is neither more nor less. */
const STRENGTHS = [
  "minimum_password_length",
  "password_reuse_prevention",
  "require_lowercase_characters",
  "require_numbers",
  "require_symbols",
  "require_uppercase_characters",
] as const;

/** AWS's own: an id, and whether passwords expire, which `max_password_age` says. */
const ANSWERS: ReadonlySet<string> = new Set(["id", "expire_passwords"]);

type PasswordSentence = Pick<AccessChange, "direction" | "sentence"> & { readonly of: PlannedChange };

/** An account without a policy has the IAM default: eight characters, no demand on reuse. */
const DEFAULT: Readonly<Record<string, unknown>> = { minimum_password_length: 8 };

/** An account has one policy, and whoever writes it last has written it. */
export function passwordPolicyChanges(changes: readonly PlannedChange[]): readonly PasswordSentence[] {
  const policies = changes.filter(({ type }) => type === "aws_iam_account_password_policy");
  return policies.flatMap((of): readonly PasswordSentence[] => {
    const [makes, removes] = [of.actions.includes("create"), of.actions.includes("delete")];
    const isOneOfSeveral = policies.some((each) => each.address !== of.address && each.accountId === of.accountId);
    if (makes && isOneOfSeveral)
      return [{ of, direction: "unknown", sentence: "several resources set the password policy; the last one counts" }];
    if (removes && !makes)
      return [{ of, direction: "widening", sentence: "passwords need to fulfil AWS's default rules only" }];
    if (makes && !removes) return compared(of, DEFAULT).filter(({ direction }) => direction !== "narrowing");
    return makes || of.actions.includes("update") ? [...compared(of, of.before), ...others(of)] : [];
  });
}

function compared(of: PlannedChange, old: PlannedChange["before"]): readonly PasswordSentence[] {
  return STRENGTHS.flatMap((key): readonly PasswordSentence[] => {
    const [before, after] = [strength(old[key]), strength(of.after[key])];
    if (before === after) return [];
    const direction: Direction =
      before === undefined || after === undefined ? "unknown" : after < before ? "widening" : "narrowing";
    const sentence = `the password policy has ${key} ${shown(of.after[key])} instead of ${shown(old[key])}`;
    return [{ of, direction, sentence }];
  });
}

/** Every other setting that changes: a shorter life of passwords locks people out, a longer one keeps leaked ones. */
function others(of: PlannedChange): readonly PasswordSentence[] {
  const known = new Set<string>([...STRENGTHS, ...ANSWERS]);
  return [...new Set([...Object.keys(of.before), ...Object.keys(of.after)])]
    .filter((key) => !known.has(key) && stableJson(of.before[key] ?? null) !== stableJson(of.after[key] ?? null))
    .sort(compareText)
    .map((key) => {
      const name = /^\w+$/.test(key) ? key : quote(key);
      const sentence = `the password policy has ${name} ${shown(of.after[key])} instead of ${shown(of.before[key])}`;
      return { of, direction: "unknown", sentence };
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
