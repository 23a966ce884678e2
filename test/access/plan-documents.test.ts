import { accessDocuments } from "../../modules/access/plan-documents";
import type { AccountDocuments } from "../../modules/iam/account-documents";
import { readStackDocuments } from "../../modules/terraform/read/stack-documents";
import { sampleRoster } from "../support/sample-roster";
import { compiled, stackTexts, synthesized } from "../support/synth";

function sorted(accounts: readonly AccountDocuments[]): readonly AccountDocuments[] {
  const byName = <T extends { readonly name: string }>(items: readonly T[]) =>
    [...items].sort((a, b) => (a.name < b.name ? -1 : 1));
  return accounts
    .map(({ users, groups, roles, ...rest }) => ({
      ...rest,
      users: byName(users),
      groups: byName(groups),
      roles: byName(roles),
    }))
    .sort((a, b) => (a.id < b.id ? -1 : 1));
}

test("the documents of an access plan are those that Terraform would be given", () => {
  const roster = sampleRoster();
  const synthesizedDocuments = readStackDocuments(stackTexts(synthesized(roster)));
  expect(sorted(accessDocuments(compiled(roster)))).toEqual(sorted(synthesizedDocuments));
});
