import type { PlannedChange } from "../../terraform/read/plan-changes";
import { recordOf } from "../../terraform/read/json";
import { compareText, quote } from "../../text";
import type { AccessChange } from "../access-change";
import { holderName, type Kind, resourceKindOf, plannedNameOf, resourceText } from "./resource-text";
import { countOf } from "../../words";

/** What a plan does to IAM's things beside changing what they say: leaves them behind, makes them anew, takes them over. */
export function lifecycleChanges(changes: readonly PlannedChange[]): readonly PlannedSentence[] {
  const deleted = new Set(
    changes
      .filter((change) => resourceKindOf(change) && change.actions.includes("delete"))
      .map((change) => inAccount(change, resourceText(change))),
  );
  const standing = standingNames(changes);
  return changes
    .filter(({ type }) => type.startsWith("aws_iam_"))
    .flatMap((change) => [
      respelled(change, standing) ?? [],
      renamed(change) ?? [],
      forgotten(change) ?? replaced(change) ?? imported(change) ?? released(change, deleted) ?? [],
      retagged(change) ?? [],
    ])
    .flat();
}

/** A sentence about one resource of the plan. */
export interface PlannedSentence extends Pick<AccessChange, "direction" | "sentence"> {
  readonly of: PlannedChange;
}

type Names = ReadonlyMap<string, readonly string[]>;

/** Names of what exists before the apply, as IAM compares them: by kind and account, without case. */
function standingNames(changes: readonly PlannedChange[]): Names {
  const names = new Map<string, string[]>();
  for (const change of changes) {
    const name = change.before["name"];
    if (resourceKindOf(change) === undefined || typeof name !== "string") continue;
    const key = nameKey(change, name);
    names.set(key, [...(names.get(key) ?? []), name]);
  }
  return names;
}

function nameKey({ type, accountId }: PlannedChange, name: string): string {
  return JSON.stringify([type, accountId ?? "", name.toLowerCase()]);
}

/** IAM refuses it, or takes it, depending on whether the other is gone by then. */
function respelled(of: PlannedChange, standing: Names): PlannedSentence | undefined {
  const name = of.after["name"];
  if (resourceKindOf(of) === undefined || typeof name !== "string" || name === of.before["name"]) return undefined;
  const other = standing.get(nameKey(of, name))?.find((each) => each !== name);
  if (other === undefined) return undefined;
  const sentence = `${resourceKindOf(of)} ${quote(name)} differs from ${quote(other)}, which exists, in case only, which IAM takes for the same name; rolecall apply refuses that`;
  return { of, direction: "unknown", sentence };
}

/** What a thing of IAM keeps under another name, and what that makes of whom. */
const KEEPS: Readonly<Record<Kind, readonly [string, string]>> = {
  user: ["its password, access keys and MFA devices", "whoever has them is"],
  group: ["its members and policies", "whoever is in it is in"],
  role: ["its trust, policies and open sessions", "whoever may take it takes"],
  policy: ["its holders", "whoever holds it holds"],
};

/** IAM renames users and groups in place, and whoever has the credentials of the old name has those of the new one. */
function renamed(of: PlannedChange): PlannedSentence | undefined {
  const kind = resourceKindOf(of);
  const [before, after] = [of.before["name"], of.after["name"]];
  if (kind === undefined || !of.actions.includes("update") || typeof before !== "string" || before === after)
    return undefined;
  const [what, who] = KEEPS[kind];
  const named = typeof after === "string";
  const now = named ? quote(after) : "a name that is not known yet";
  const then = named ? `: ${who} ${now} from then on` : "";
  return {
    of,
    direction: "unknown",
    sentence: `${kind} ${quote(before)} is renamed to ${now} and keeps ${what}${then}`,
  };
}

function forgotten(of: PlannedChange): PlannedSentence | undefined {
  if (!of.actions.includes("forget")) return undefined;
  return { of, direction: "widening", sentence: `${resourceText(of)} stays in AWS and leaves Rolecall's control` };
}

/** The things that have an id of their own, which whoever names them in a policy means; the name alone comes back. */
function replaced(of: PlannedChange): PlannedSentence | undefined {
  if (!of.actions.includes("delete") || !of.actions.includes("create")) return undefined;
  const say = (direction: AccessChange["direction"], what: string) => ({
    of,
    direction,
    sentence: `${resourceText(of)} is deleted and made anew${what}`,
  });
  switch (resourceKindOf(of)) {
    case "role":
      return say("narrowing", ": open sessions end, and policies elsewhere that name it no longer mean it");
    case "user":
      return say("narrowing", ": its password, access keys and MFA devices are gone");
    case undefined:
      return undefined;
    default:
      return say("neutral", "; in between nobody has what it gives");
  }
}

/** What it has already, that no plan shows: whoever made a user may still hold its password and keys. */
const BRINGS: Readonly<Record<Kind, string>> = {
  user: "whatever password, access keys and policies it has",
  group: "whatever members and policies it has",
  role: "whatever policies and open sessions it has",
  policy: "whoever holds it already",
};

function imported(of: PlannedChange): PlannedSentence | undefined {
  const kind = resourceKindOf(of);
  if (!of.imported || kind === undefined) return undefined;
  const sentence = `${resourceText(of)} exists in AWS already and is taken over, with ${BRINGS[kind]}`;
  return { of, direction: "unknown", sentence };
}

/** Every account of a stack has a role of each tier's name. */
function inAccount({ accountId = "" }: PlannedChange, what: string): string {
  return `${accountId} ${what}`;
}

/** Deleting such a list changes nothing in AWS; but nobody takes away any more what is not in it. */
function released(of: PlannedChange, deleted: ReadonlySet<string>): PlannedSentence | undefined {
  if (!/_exclusive$/.test(of.type) || !of.actions.includes("delete") || of.actions.includes("create")) return undefined;
  const holder = holderName(of);
  if (holder === undefined || deleted.has(inAccount(of, holder))) return undefined;
  const how = /_attachments_/.test(of.type) ? "attached to" : "written into";
  return { of, direction: "widening", sentence: `policies that others ${how} ${holder} stay there from now on` };
}

/** Policies elsewhere may ask for the tags of whoever calls. Keys only: a value may be anything. */
function retagged(of: PlannedChange): PlannedSentence | undefined {
  if (!of.actions.includes("update") || (resourceKindOf(of) !== "user" && resourceKindOf(of) !== "role"))
    return undefined;
  // With the provider's `default_tags`, which the resource's own do not show.
  const all = (values: PlannedChange["before"]) => recordOf(values["tags_all"] ?? values["tags"]);
  const [before, after] = [all(of.before), all(of.after)];
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(
    (key) => before[key] !== after[key],
  );
  if (keys.length === 0) return undefined;
  const which = keys.sort(compareText).map(quote).join(", ");
  return {
    of,
    direction: "unknown",
    sentence: `other tags on ${resourceText(of)}: ${which}; policies elsewhere may ask for them`,
  };
}

/** Moves alone change no access; the person who approves should still know that the plan is about names. */
export function movedSentence(changes: readonly PlannedChange[]): string | undefined {
  const moved = changes.filter(({ previousAddress, type }) => previousAddress !== undefined && /^aws_iam_/.test(type));
  if (moved.length === 0) return undefined;
  const names = moved.map((change) => plannedNameOf(change, "name")).filter((name) => name !== undefined);
  const some = names.slice(0, 3).map(quote).join(", ");
  return `${countOf(moved.length, "resource has", "resources have")} another address in Terraform's state${some ? `: ${some}` : ""}`;
}
