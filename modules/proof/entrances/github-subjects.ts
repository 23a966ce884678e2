import type { RoleDocuments } from "../../iam/account-documents";
import { judgeGithubTrust } from "../../iam/github-trust";
import { quote } from "../../text";
import type { Classified } from "./classified";
import { type AccountPlace, arnOf, sayOf } from "./place";

/**
 * What a trust says of GitHub's subjects besides how wide it is: it stops working when the repository begins to send ids, or nothing that GitHub
 * sends ever equals it.
 */
export function githubSubjectNotes(place: AccountPlace, role: RoleDocuments): readonly Classified[] {
  const arn = arnOf(place, role);
  const { note } = sayOf(place, arn);
  return (judgeGithubTrust(role.trust) ?? []).flatMap(({ verdict, reasons }) => {
    if (verdict === "old-form-only")
      return [
        note(
          "github-subject-without-ids",
          `${quote(arn)} names a subject of GitHub without ids: ${reasons.join(", ")}; repositories created, renamed or transferred since 2026-07-15 send another`,
          "add the subject with ids before the repository is renamed or transferred; docs/ci.md says how to find it",
        ),
      ];
    if (verdict !== "malformed") return [];
    const message = `${quote(arn)} names a subject that GitHub never sends: ${reasons.join(", ")}`;
    return [note("github-subject-never-sent", message, "name the subject as docs/ci.md says")];
  });
}
