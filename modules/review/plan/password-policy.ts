import type { PlannedChange } from "../../terraform/read/plan-changes";
import { compareText, stableJson } from "../../text";
import type { Direction } from "../access-change";
import type { OfResource } from "./resource";

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

/** An account without a policy has the IAM default: eight characters, no demand on reuse. */
const DEFAULT: Readonly<Record<string, unknown>> = { minimum_password_length: 8 };

/** An account has one policy, and whoever writes it last has written it. */
export function passwordPolicyChanges(changes: readonly PlannedChange[]): readonly OfResource[] {
  const policies = changes.filter(({ type }) => type === "aws_iam_account_password_policy");
  return policies.flatMap((of): readonly OfResource[] => {
    const [makes, removes] = [of.actions.includes("create"), of.actions.includes("delete")];
    const isOneOfSeveral = policies.some((each) => each.address !== of.address && each.accountId === of.accountId);
    if (makes && isOneOfSeveral) return [{ of, change: { kind: "password-policy-twice", direction: "unknown" } }];
    if (removes && !makes) return [{ of, change: { kind: "password-policy-removed", direction: "widening" } }];
    if (makes && !removes) return compared(of, DEFAULT).filter(({ change }) => change.direction !== "narrowing");
    return makes || of.actions.includes("update") ? [...compared(of, of.before), ...others(of)] : [];
  });
}

function compared(of: PlannedChange, old: PlannedChange["before"]): readonly OfResource[] {
  return STRENGTHS.flatMap((key): readonly OfResource[] => {
    const [before, after] = [strength(old[key]), strength(of.after[key])];
    if (before === after) return [];
    const direction: Direction =
      before === undefined || after === undefined ? "unknown" : after < before ? "widening" : "narrowing";
    return [{ of, change: { direction, ...settingOf(key, old, of.after) } }];
  });
}

/** Every other setting that changes: a shorter life of passwords locks people out, a longer one keeps leaked ones. */
function others(of: PlannedChange): readonly OfResource[] {
  const known = new Set<string>([...STRENGTHS, ...ANSWERS]);
  return [...new Set([...Object.keys(of.before), ...Object.keys(of.after)])]
    .filter((key) => !known.has(key) && stableJson(of.before[key] ?? null) !== stableJson(of.after[key] ?? null))
    .sort(compareText)
    .map((key) => ({ of, change: { direction: "unknown", ...settingOf(key, of.before, of.after) } }));
}

function strength(value: unknown): number | undefined {
  if (typeof value === "number") return value;
  if (value === undefined || value === null) return 0;
  return typeof value === "boolean" ? Number(value) : undefined;
}

type Values = PlannedChange["before"];

function settingOf(argument: string, before: Values, after: Values) {
  return { kind: "password-policy", argument, before: plain(before[argument]), after: plain(after[argument]) } as const;
}

/** A setting of any other type may be anything, so it is not shown. */
function plain(value: unknown): number | boolean | undefined {
  return typeof value === "number" || typeof value === "boolean" ? value : undefined;
}
