import { quote } from "../../text";
import { countOf } from "../../words";
import type { ChangeOf } from "../access-change";
import type { RightsChange, ChangedHolder } from "../changes/documents";
import { actionsText, someOf } from "./lists";
import type { Predicates, Sentences } from "./tellers";

type Kind = RightsChange["kind"];
type OfActions = Exclude<Kind, "rights-reworded">;

export const RIGHTS: Sentences<Kind> = {
  "rights-gained": (change) => `${who(change)} ${gains(change)}`,
  "rights-gained-partly": (change) => `${who(change)} ${gainsPartly(change)}`,
  "rights-unknown": (change) => `whether ${who(change)} can do more with ${count(change)} is unknown: ${which(change)}`,
  "rights-lost": (change) => `${who(change)} ${loses(change)}`,
  "rights-reworded": (change) =>
    `the policies of ${who(change)} express ${countOf(change.count, "action", "actions")} differently, and allow no more`,
};

/** Of one person. */
export const RIGHTS_OF_PEOPLE: Predicates<Exclude<OfActions, "rights-unknown">> = {
  "rights-gained": (change) => ofPerson(change, gains(change)),
  "rights-gained-partly": (change) => ofPerson(change, gainsPartly(change)),
  "rights-lost": (change) => ofPerson(change, loses(change)),
};

function ofPerson({ person, account }: ChangeOf<OfActions>, does: string): string | undefined {
  return person === undefined ? undefined : `in ${account} ${does}`;
}

function gains(change: ChangeOf<OfActions>): string {
  return `can do ${count(change)} more: ${which(change)}`;
}

function gainsPartly(change: ChangeOf<OfActions>): string {
  return `can do ${count(change)} on more resources, or under more conditions: ${which(change)}`;
}

function loses(change: ChangeOf<OfActions>): string {
  return `can no longer do ${count(change)}, or not everywhere: ${which(change)}`;
}

function who({ holder, account }: { readonly holder: ChangedHolder; readonly account?: string | undefined }): string {
  return `${holderText(holder)} in ${account}`;
}

const SHOWN_PEOPLE = 3;

function holderText(holder: ChangedHolder): string {
  if (holder.type !== "users") return holder.type === "tier" ? holder.name : `role ${quote(holder.name)}`;
  const { names } = holder;
  const [only] = names;
  return names.length === 1 && only !== undefined
    ? quote(only)
    : `${countOf(names.length, "person", "people")} (${someOf(names, SHOWN_PEOPLE)})`;
}

function count({ actions }: { readonly actions: readonly string[] }): string {
  return countOf(actions.length, "action", "actions");
}

/** The actions, and how many people may take the role. */
function which({ holder, actions }: { readonly holder: ChangedHolder; readonly actions: readonly string[] }): string {
  const holders = holder.type === "users" ? undefined : holder.holders;
  const held =
    holders === undefined ? "" : ` (${holders === 0 ? "nobody holds it now" : countOf(holders, "person", "people")})`;
  return `${actionsText(actions)}${held}`;
}
