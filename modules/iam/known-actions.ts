import { didYouMean } from "../text";
import { API_CALLS } from "./api-calls";
import { actionMatcher } from "./action-pattern";
import catalogue from "./catalogue.json";

type Levels = Readonly<Record<string, string>>;
const SERVICES: ReadonlyMap<string, Levels> = new Map(
  Object.entries(catalogue.services as Readonly<Record<string, Levels>>),
);

/** Service prefixes AWS documents. */
const KNOWN_SERVICES: readonly string[] = [...SERVICES.keys()];

/** `service:Name` of every action of a service; none for a service AWS does not document. */
function actionsOf(service: string): readonly string[] {
  return Object.values(SERVICES.get(service) ?? {}).flatMap((names) =>
    names.split(" ").map((name) => `${service}:${name}`),
  );
}

/** Whether a pattern of a policy matches at least one documented action. */
export function isKnownAction(pattern: string): boolean {
  return pattern === "*" || actionsOf(pattern.slice(0, pattern.indexOf(":"))).some(actionMatcher(pattern));
}

/** What a pattern that fits no documented action was meant to be, for the end of a message. */
export function nearAction(pattern: string): string {
  const call = API_CALLS.find(pattern);
  if (call?.kind === "actions")
    return `; it is an API call that IAM authorizes as ${call.actions.join(" and ")}; name that`;
  const service = pattern.slice(0, pattern.indexOf(":"));
  const known = actionsOf(service);
  const meant = known.length === 0 ? didYouMean(service, KNOWN_SERVICES) : didYouMean(pattern, known);
  return meant || "; correct it, or run npm run refresh:catalogue if it is new";
}
