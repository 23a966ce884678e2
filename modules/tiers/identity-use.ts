import { actionMatcher } from "../iam/action-pattern";
import type { CatalogueAction } from "../iam/catalogue";
import accepted from "./accepted.json";
import { DENIED_FAMILIES } from "./denied-families";
import judged from "./identity-use.json";

/** Names of running something for somebody else, and of credentials. */
const LOOKS_LIKE_USE = new RegExp(
  [
    "Assume(?!d)|Credential|Passw|Passcode|Secret|Token|A(pi|PI)Key|AccessKey|S(sh|SH)Key|SigningKey|Login|Sign[iI]n(?!g)",
    "SignedUrl|Pre[sS]igned|EmbedUrl|(Streaming|Session)(Url|URL|Endpoint)|Impersonat|OneTime|Kubeconfig",
    "Shell|Sandbox|Script|Command|Execute|Invoke|JobRun|StartJob|StartSession|CreateSession",
    "InstanceAccess|ComputeAccess|DataAccess",
  ].join("|"),
);

/** Changes that run something; asked of where nothing is known to run with a role. */
const LOOKS_LIKE_RUNNING = new RegExp(
  [
    "Agent|Automation|Bootstrap|Build|Code(?!c)|Container|Deploy|Execut|Function|Job|Lambda|Lifecycle(?!Policy|Configuration)",
    "Notebook|Pipeline|Plugin|Runbook|Runtime|Task|UserData|Workflow|^(Launch|Rerun|Restart|Resume|Retry|Run|Start|Submit)",
  ].join("|"),
);

const GIVING_UP = new RegExp(
  [
    "^(Batch)?(Abort|Archive|Cancel|Deactivate|Decline|Delete|Deregister|Detach|Disable|Disassociate|Reject|Remove)",
    "^(Batch)?(Stop|Tag|Unsubscribe|Untag|Withdraw)",
  ].join("|"),
);

/** Here what takes something away also runs with a role that somebody chose earlier. */
const ROLE_TAKES_AWAY: ReadonlySet<string> = new Set([
  "cloudformation",
  "elasticbeanstalk",
  "proton",
  "servicecatalog",
  "tnb",
]);

const QUIET: ReadonlySet<string> = new Set(judged.quiet.services.split(" "));

/**
 * Actions that may make something act with an identity it already has, or hand out credentials of one, and that are neither
 * denied to operators nor in `accepted.json` nor in `identity-use.json`: for a person to judge. In services that no one has
 * judged whole, a new one included, that is every change; elsewhere it is what looks so by its name. A test keeps it empty.
 */
export function unjudgedIdentityUse(
  catalogue: readonly CatalogueAction[],
  judgedActions: readonly string[] = [...acceptedActions(), ...otherActions()],
): readonly string[] {
  const families = Object.values(DENIED_FAMILIES);
  const services = families.flatMap(({ services }) => services.map((service) => `${service}:*`));
  const denied = ["iam:*", ...services, ...families.flatMap(({ actions }) => actions)].map(actionMatcher);
  const seen = new Set(judgedActions);
  return catalogue
    .filter(asksForJudgement)
    .map(({ name }) => name)
    .filter((name) => !seen.has(name) && !denied.some((matches) => matches(name)));
}

function asksForJudgement({ name, level }: CatalogueAction): boolean {
  const [service = "", action = ""] = name.split(":");
  const givesUp = GIVING_UP.test(action) && !ROLE_TAKES_AWAY.has(service);
  const isChange = level !== "R" && level !== "L";
  if (givesUp) return false;
  return (isChange && (!QUIET.has(service) || LOOKS_LIKE_RUNNING.test(action))) || LOOKS_LIKE_USE.test(action);
}

/** What is left open to operators, with a reason and a way to avoid it. */
export function acceptedActions(): readonly string[] {
  return accepted.paths.flatMap(({ actions }) => actions);
}

/** What was read and neither uses an identity nor hands one out. */
export function otherActions(): readonly string[] {
  const tables: readonly Readonly<Record<string, string | undefined>>[] = judged.other.map(({ actions }) => actions);
  return tables.flatMap((table) =>
    Object.entries(table).flatMap(([service, names = ""]) => names.split(" ").map((name) => `${service}:${name}`)),
  );
}

/** Services judged whole. */
export function quietServices(): ReadonlySet<string> {
  return QUIET;
}
