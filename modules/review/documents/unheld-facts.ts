import type { AccountDocuments, GroupDocuments, PolicyHolder } from "../../iam/account-documents";
import { quote, stableJson } from "../../text";
import type { Fact } from "./fact";
import { normalDocument } from "./normal-document";

/**
 * Policies, and groups without members: what they give has nobody whose rights could be compared, so their texts are. Once
 * somebody has them, it is told by what that person may do.
 */
export function policyFacts({ users, groups, roles, policies }: AccountDocuments): readonly Fact[] {
  const holders: readonly PolicyHolder[] = [...users, ...groups, ...roles];
  const held = new Set(holders.flatMap(({ attached, boundary }) => [...attached, boundary]));
  return [...policies].map(([arn, document]) => {
    const what = `policy ${quote(arn)}`;
    const rights = { isHeld: held.has(arn), text: normalDocument(document) };
    const come = rights.isHeld ? `${what} is made` : `${what}, held by nobody, is made and gives rights`;
    return { ...fact(`${what}, held by nobody,`, rights), id: what, comes: come, goes: `${what} is deleted` };
  });
}

/** What a group would give whoever joins it, while nobody is in it. */
export function groupFacts(groups: readonly GroupDocuments[], policies: AccountDocuments["policies"]): readonly Fact[] {
  return groups.map((group) => {
    const what = `group ${quote(group.name)}`;
    const attached = group.attached.map((arn) => [arn, normalDocument(policies.get(arn))]).sort();
    const inline = [...group.inline.values()].map((text) => normalDocument(text)).sort();
    const gives = attached.length + inline.length > 0;
    const rights = { isHeld: group.members.length > 0 || !gives, text: stableJson([attached, inline]) };
    return {
      ...fact(`${what}, without members,`, rights),
      ...{ id: `rights of ${what}`, of: what, goes: "" },
      // That the group itself comes is said already.
      comes: rights.isHeld ? "" : `${what}, without members, is made and gives rights`,
    };
  });
}

interface Rights {
  readonly isHeld: boolean;
  readonly text: string;
}

/** Of what somebody holds on both sides, and of equal texts, nothing is said. */
function fact(what: string, rights: Rights): Omit<Fact, "id" | "comes" | "goes"> {
  const isSilent = (before: Rights, after: Rights) => before.text === after.text || (before.isHeld && after.isHeld);
  return {
    direction: rights.isHeld ? "neutral" : "widening",
    value: JSON.stringify(rights),
    differs: (before, after) => (isSilent(read(before), read(after)) ? "" : `${what} gives other rights`),
    compare: () => "unknown",
  };
}

function read(value: string | number): Rights {
  return JSON.parse(String(value)) as Rights;
}
