import fc from "fast-check";
import { resolveCommit } from "../../../modules/machine/git/resolve-commit";
import { GIT_ENV } from "../../support/git";
import cases from "./cases/refs.json";
import { CaseRepository, type CommitKey, type RepositoryCase } from "./repository";

/* Which commit a name means, or everything it could mean: cases as data, held against git itself. */

jest.setTimeout(60_000);

interface RefCase {
  readonly name: string;
  readonly repository?: RepositoryCase;
  readonly ask: string;
  readonly capitals?: boolean;
  readonly runs?: boolean;
  readonly is?: CommitKey;
  readonly ref?: string;
  readonly refused?: string;
  readonly candidates?: readonly string[];
}

/** Hashes do not depend on the day. */
const env = { ...GIT_ENV };
const dates = { GIT_AUTHOR_DATE: "2026-11-01T00:00:00Z", GIT_COMMITTER_DATE: "2026-11-01T00:00:00Z" };
Object.assign(process.env, dates);

let repository: CaseRepository | undefined;
afterEach(() => repository?.remove());

test.each((cases as unknown as readonly RefCase[]).map((each) => [each.name, each] as const))(
  "%s",
  async (_name, given) => {
    repository = new CaseRepository(given.repository ?? {});
    const fill = (text: string) => repository?.fill(text) ?? text;
    const ask = given.capitals ? fill(given.ask).toUpperCase() : fill(given.ask);
    const answer = await resolveCommit({ root: repository.root, env }, ask, { runs: given.runs ?? false });
    if (given.is !== undefined) {
      const ref = fill(given.ref ?? "");
      expect(answer).toEqual({ known: true, value: { name: ask, ref, commit: repository.commits[given.is] } });
      // The full name is what git takes for this commit, too.
      expect(repository.git("rev-parse", `${ref}^{commit}`).trim()).toBe(repository.commits[given.is]);
      return;
    }
    const reason = answer.known ? `it is ${answer.value.ref}` : answer.reason;
    expect(reason).toContain(fill(given.refused ?? "?"));
    for (const candidate of given.candidates ?? []) expect(reason).toContain(fill(candidate));
    expect(reason).not.toContain("\n");
  },
);

test("law: a name is a commit when one ref alone can have it, and every one of several is named", async () => {
  const places = ["refs/x", "refs/tags/x", "refs/heads/x", "refs/remotes/x"];
  const kept = new CaseRepository({});
  repository = kept;
  await fc.assert(
    fc.asyncProperty(fc.subarray(places), fc.constantFrom<CommitKey>("one", "two", "stranger"), async (refs, at) => {
      for (const ref of places) if (!refs.includes(ref)) kept.git("update-ref", "-d", ref);
      for (const ref of refs) kept.git("update-ref", ref, kept.commits[at]);
      const answer = await resolveCommit({ root: kept.root, env }, "x");
      expect(answer.known).toBe(refs.length === 1);
      if (answer.known) expect(answer.value).toEqual({ name: "x", ref: refs[0], commit: kept.commits[at] });
      else if (refs.length > 1) for (const ref of refs) expect(answer.reason).toContain(ref);
    }),
    { seed: 22, numRuns: 20 },
  );
});
