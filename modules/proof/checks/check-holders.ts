import type { AccountDocuments, PolicyHolder } from "../../iam/account-documents";
import type { AccountGuards, ExclusiveList } from "../../iam/account-guards";
import { compareText, quote } from "../../text";
import type { AccessClaims, ClaimedHolder } from "../claims";
import type { Breach, CheckResult } from "./breach";

type Say = (claimed: ClaimedHolder, claim: string, message: string, cure: string, list?: Breach["list"]) => void;

/**
 * Users, groups and roles carry the roster's policies and members by name, and nothing besides: whether an addition changes what
 * somebody may do is another question, and nobody asked for it.
 */
export function checkHolders(claims: AccessClaims, documents: readonly AccountDocuments[]): CheckResult {
  const { breaches, say } = findings();
  let questions = 0;
  const accounts = new Map(documents.map((account) => [account.id, holdersOf(account)]));
  for (const claimed of claims.holders) {
    const holders = accounts.get(claimed.accountId);
    // An account without documents is reported by itself.
    if (!holders) continue;
    const live = holders.get(`${claimed.kind} ${claimed.name}`);
    questions += 1;
    if (!live) {
      say(claimed, "holder-missing", `${titleOf(claimed)} is missing`, "synthesize and apply again");
      continue;
    }
    questions += 2 + (claimed.members ? 1 : 0);
    compareHolder(claimed, live, say);
  }
  return {
    title: "users, groups and roles carry the roster's policies and members, and no others",
    questions,
    breaches: breaches.sort((a, b) => compareText(a.message, b.message)),
  };
}

function findings(): { readonly breaches: Breach[]; readonly say: Say } {
  const breaches: Breach[] = [];
  const say: Say = ({ account, place }, claim, message, cure, list) => {
    breaches.push({ claim, account, list, message, cure, deciding: [], place });
  };
  return { breaches, say };
}

function titleOf({ kind, name, account }: ClaimedHolder): string {
  return `the ${kind} ${quote(name)} in ${account}`;
}

interface Live extends PolicyHolder {
  readonly members?: readonly string[];
}

function holdersOf({ users, groups, roles }: AccountDocuments): ReadonlyMap<string, Live> {
  const all: readonly Live[] = [...users, ...groups, ...roles];
  return new Map(all.map((holder) => [`${holder.kind} ${holder.name}`, holder]));
}

function compareHolder(claimed: ClaimedHolder, live: Live, say: Say): void {
  const title = titleOf(claimed);
  const inline = [...live.inline.keys()];
  const numbered = isNumbered(claimed, live);
  const expected = numbered ? [] : claimed.inline;
  const attached = numbered ? live.attached : claimed.attached;
  for (const name of inline.filter((each) => !expected.includes(each) && !claimed.ended.includes(each)))
    say(
      claimed,
      "policy-added",
      `${title} has the inline policy ${quote(name)}, which the roster does not ask for`,
      OUT,
    );
  for (const name of expected.filter((each) => !inline.includes(each)))
    say(claimed, "policy-missing", `${title} lacks the inline policy ${quote(name)}`, APPLY);
  for (const arn of live.attached.filter((each) => !attached.includes(each)))
    say(claimed, "policy-added", `${title} has the policy ${quote(arn)}, which the roster does not ask for`, OUT);
  for (const arn of attached.filter((each) => !live.attached.includes(each)))
    say(claimed, "policy-missing", `${title} lacks the policy ${quote(arn)}`, APPLY);
  if (!claimed.members) return;
  const members = live.members ?? [];
  for (const name of members.filter((each) => !claimed.members?.includes(each)))
    say(
      claimed,
      "member-added",
      `${title} has the member ${quote(name)}, which the roster does not ask for`,
      "remove the member",
    );
  for (const name of claimed.members.filter((each) => !members.includes(each)))
    say(claimed, "member-missing", `${title} lacks the member ${quote(name)}`, APPLY);
}

const OUT = "remove it, or grant it in the roster";
const APPLY = "synthesize and apply again";

/** Managed policies numbered from 1 take the place of an inline policy that would be too long. */
function isNumbered({ numbered }: ClaimedHolder, { inline, attached }: Live): boolean {
  if (numbered === undefined || inline.size > 0 || attached.length === 0) return false;
  const expected = attached.map((_, at) => `${numbered}${at + 1}`);
  return expected.every((arn) => attached.includes(arn));
}

/**
 * What somebody adds by hand does not stay: for every role and group there is one list of each kind that takes away whatever it
 * does not name, and it names what the roster asks for. A live account has no lists: there the additions themselves show.
 */
export function checkLists(
  claims: AccessClaims,
  documents: readonly AccountDocuments[],
  guards: readonly AccountGuards[],
): CheckResult {
  const { breaches, say } = findings();
  let questions = 0;
  for (const { id, lists } of guards) {
    if (lists === undefined) continue;
    const live = documents.find((account) => account.id === id);
    const holders = live ? holdersOf(live) : new Map<string, Live>();
    for (const claimed of claims.holders.filter(({ accountId, kind }) => accountId === id && kind !== "user")) {
      const holder = holders.get(`${claimed.kind} ${claimed.name}`);
      if (!holder) continue;
      for (const { of, names } of listsFor(claimed, holder)) {
        questions++;
        compareList(claimed, of, names, lists, say);
      }
    }
  }
  return {
    title: "what is added by hand to a role or group does not stay",
    questions,
    breaches: breaches.sort((a, b) => compareText(a.message, b.message)),
  };
}

interface ClaimedList {
  readonly of: ExclusiveList["of"];
  readonly names: readonly string[];
}

function listsFor(claimed: ClaimedHolder, live: Live): readonly ClaimedList[] {
  const numbered = isNumbered(claimed, live);
  return [
    { of: "inline", names: numbered ? [] : claimed.inline },
    { of: "attached", names: numbered ? live.attached : claimed.attached },
    ...(claimed.members ? [{ of: "members" as const, names: claimed.members }] : []),
  ];
}

const WHAT = { inline: "inline policies", attached: "attached policies", members: "members" } as const;

function compareList(
  claimed: ClaimedHolder,
  of: ExclusiveList["of"],
  names: readonly string[],
  lists: readonly ExclusiveList[],
  say: Say,
): void {
  const own = lists.filter((each) => each.kind === claimed.kind && each.holder === claimed.name && each.of === of);
  const title = `the list of ${WHAT[of]} of ${titleOf(claimed)}`;
  const cure = "synthesize again, with the code of this version";
  const [list] = own;
  if (!list) say(claimed, "list-missing", `${title} is missing, so additions by hand stay`, cure);
  else if (own.length > 1)
    say(claimed, "list-twice", `${title} exists ${own.length} times; they undo each other`, cure);
  else if (!list.names) say(claimed, "list-unknown", `${title} cannot be read`, cure);
  else {
    const given = new Set(list.names);
    const strange = list.names.find((name) => !names.includes(name));
    const lost = names.find((name) => !given.has(name));
    if (strange !== undefined) say(claimed, "list-wider", `${title} lets ${quote(strange)} stay`, cure, of);
    if (lost !== undefined) say(claimed, "list-narrower", `${title} takes ${quote(lost)} away`, cure, of);
  }
}
