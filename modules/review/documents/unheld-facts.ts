import type { AccountDocuments, GroupDocuments, PolicyHolder } from "../../iam/account-documents";
import { stableJson } from "../../text";
import type { DocumentChange } from "../changes/documents";
import { type Fact, idOf } from "./fact";
import { normalDocument } from "./normal-document";

/**
 * Policies, and groups without members: what they give has nobody whose rights could be compared, so their texts are. Once
 * somebody has them, what that person may do shows it.
 */
export function policyFacts({ users, groups, roles, policies }: AccountDocuments): readonly Fact[] {
  const holders: readonly PolicyHolder[] = [...users, ...groups, ...roles];
  const held = new Set(holders.flatMap(({ attached, boundary }) => [...attached, boundary]));
  return [...policies].map(([policy, document]) => {
    const rights = { isHeld: held.has(policy), text: normalDocument(document) };
    return {
      ...fact(rights, { kind: "policy-rights", policy }),
      id: `policy ${policy}`,
      comes: { kind: "policy-added", policy, held: rights.isHeld },
      goes: { kind: "policy-removed", policy },
    };
  });
}

/** What a group would give everybody who joins it, while nobody is in it. */
export function groupFacts(groups: readonly GroupDocuments[], policies: AccountDocuments["policies"]): readonly Fact[] {
  return groups.map((group) => {
    const of = idOf({ type: "group", name: group.name });
    const attached = group.attached.map((arn) => [arn, normalDocument(policies.get(arn))]).sort();
    const inline = [...group.inline.values()].map((text) => normalDocument(text)).sort();
    const gives = attached.length + inline.length > 0;
    const rights = { isHeld: group.members.length > 0 || !gives, text: stableJson([attached, inline]) };
    const facts: Fact = {
      ...fact(rights, { kind: "empty-group-rights", group: group.name }),
      ...{ id: `rights of ${of}`, of },
    };
    // That the group itself comes is a change of its own.
    return rights.isHeld ? facts : { ...facts, comes: { kind: "empty-group-added", group: group.name } };
  });
}

interface Rights {
  readonly isHeld: boolean;
  readonly text: string;
}

/** What somebody holds on both sides is compared elsewhere; equal texts are not a change. */
function fact(rights: Rights, change: DocumentChange): Omit<Fact, "id" | "comes" | "goes"> {
  const isSilent = (before: Rights, after: Rights) => before.text === after.text || (before.isHeld && after.isHeld);
  return {
    direction: rights.isHeld ? "neutral" : "widening",
    value: JSON.stringify(rights),
    differs: (before, after) => (isSilent(read(before), read(after)) ? undefined : change),
    compare: () => "unknown",
  };
}

function read(value: string | number): Rights {
  return JSON.parse(String(value)) as Rights;
}
