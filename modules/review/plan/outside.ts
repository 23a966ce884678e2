import { judges } from "../../terraform/read/iam-resources";
import type { IamResource } from "../../terraform/read/iam-resources";
import type { PlannedChange } from "../../terraform/read/plan-changes";
import { compareText, quote } from "../../text";
import type { AccessChange } from "../access-change";
import { acts } from "./documents";
import { holderName, plannedNameOf } from "./resource-text";
import { countOf } from "../../words";

/** What stays in AWS unchanged, and what Rolecall never writes: told by type, in IAM also by whose it is. */
export function standingExtras(
  after: readonly IamResource[],
  changes: readonly PlannedChange[],
): readonly Pick<AccessChange, "direction" | "sentence">[] {
  const told = new Set(changes.filter(acts).map(({ address }) => address));
  const extra = after.filter(({ type, address }) => !judges(type) && !told.has(address));
  if (extra.length === 0) return [];
  const names = [...new Set(extra.map(standingName))].sort(compareText);
  const what = countOf(extra.length, "resource", "resources");
  return [
    { direction: "unknown", sentence: `AWS has ${what} that the roster does not ask for: ${some(names).join(", ")}` },
  ];
}

function standingName({ type, values }: IamResource): string {
  const holder = type.startsWith("aws_iam_") ? holderName({ before: values, after: {} }) : undefined;
  return `${typeName(type)}${holder === undefined ? "" : ` of ${holder}`}`;
}

function some(names: readonly string[]): readonly string[] {
  return names.length > 5 ? [...names.slice(0, 5), `and ${names.length - 5} others`] : names;
}

/** Changes of what is not judged: never their values, outside IAM not even their names. */
export function outsideChanges(
  changes: readonly PlannedChange[],
): readonly Pick<AccessChange, "direction" | "sentence">[] {
  const done = changes.filter((change) => !judges(change.type) && acts(change));
  const outside = done.filter(({ type }) => !type.startsWith("aws_iam_"));
  return [...outsideIam(outside), ...done.filter((change) => !outside.includes(change)).map(unjudged)];
}

function outsideIam(changes: readonly PlannedChange[]): readonly Pick<AccessChange, "direction" | "sentence">[] {
  if (changes.length === 0) return [];
  const types = [...new Set(changes.map(({ type }) => typeName(type)))].sort(compareText);
  const some = types.length > 5 ? [...types.slice(0, 5), `and ${types.length - 5} other types`] : types;
  const count = countOf(changes.length, "change outside IAM is", "changes outside IAM are");
  return [{ direction: "unknown", sentence: `${count} not judged: ${some.join(", ")}` }];
}

function typeName(type: string): string {
  return /^[a-z][a-z0-9_]{0,79}$/.test(type) ? type : "a type without a proper name";
}

const VERBS: readonly (readonly [string, string])[] = [
  ["forget", "stays in AWS and leaves Terraform's control"],
  ["create", "is made"],
  ["delete", "is deleted"],
  ["update", "changes"],
];

function unjudged(change: PlannedChange): Pick<AccessChange, "direction" | "sentence"> {
  const holder = holderName(change);
  const name = plannedNameOf(change, "name");
  const whose = holder === undefined ? (name === undefined ? "" : ` ${quote(name)}`) : ` of ${holder}`;
  const verb = VERBS.find(([action]) => change.actions.includes(action))?.[1] ?? "changes";
  return {
    direction: "unknown",
    sentence: `an ${typeName(change.type)}${whose} ${verb}, and what it gives is not judged`,
  };
}
