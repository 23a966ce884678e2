import type { AccountDocuments, GroupDocuments } from "../../../modules/iam/account-documents";
import { plainDiff } from "../../../modules/review/documents/plain-diff";
import { lineOf } from "../lines";

/* What nobody holds is compared by its text: a policy attached to nobody, a group without members. */

const EVERYTHING = { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }] };
const READING = { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "s3:GetObject", Resource: "*" }] };
const ARN = "arn:aws:iam::222222222222:policy/p";

interface Given {
  readonly policy?: unknown;
  /** The group has the policy attached. */
  readonly attached?: boolean;
  readonly members?: readonly string[];
  readonly inline?: unknown;
}

function account({ policy, attached, members, inline }: Given): readonly AccountDocuments[] {
  const group: GroupDocuments = {
    ...{ kind: "group", name: "g", path: "/", members: members ?? [] },
    inline: new Map(inline === undefined ? [] : [["i", inline]]),
    attached: attached ? [ARN] : [],
  };
  const policies = new Map(policy === undefined ? [] : [[ARN, policy]]);
  const groups = members === undefined ? [] : [group];
  return [{ id: "222222222222", partition: "aws", users: [], groups, roles: [], policies, unknowns: [] }];
}

test.each<[string, Given, Given, readonly string[]]>([
  ["nothing", { policy: EVERYTHING }, { policy: EVERYTHING }, []],
  ["a policy", {}, { policy: EVERYTHING }, [`widening: policy "${ARN}", held by nobody, is created and gives rights`]],
  ["a policy less", { policy: EVERYTHING }, {}, [`narrowing: policy "${ARN}" is deleted`]],
  [
    "another text",
    { policy: READING },
    { policy: EVERYTHING },
    [`unknown: policy "${ARN}", held by nobody, gives other rights`],
  ],
  [
    "an empty group",
    {},
    { members: [], inline: EVERYTHING },
    ['neutral: group "g" is created', 'widening: group "g", without members, is created and gives rights'],
  ],
  ["an empty group that gives nothing", {}, { members: [] }, ['neutral: group "g" is created']],
  [
    "another text of an empty group",
    { members: [], inline: READING },
    { members: [], inline: EVERYTHING },
    ['unknown: group "g", without members, gives other rights'],
  ],
  [
    "another text of a policy on an empty group",
    { members: [], attached: true, policy: READING },
    { members: [], attached: true, policy: EVERYTHING },
    ['unknown: group "g", without members, gives other rights'],
  ],
  [
    "a group that loses its members and says more",
    { members: ["ann"], inline: READING },
    { members: [], inline: EVERYTHING },
    expect.arrayContaining(['unknown: group "g", without members, gives other rights']),
  ],
  ["a group that is given to nobody and taken by somebody", { members: [] }, { members: [] }, []],
])("%s", (_what, before, after, expected) => {
  const found = plainDiff(account(before), account(after), new Map());
  expect(found.map(lineOf)).toEqual(expected);
});
