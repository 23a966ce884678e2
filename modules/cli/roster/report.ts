import { resolve } from "node:path";
import type { Finding } from "../../finding";
import type { Context } from "../../machine/context";
import { checkedOut, type GitCommit, resolveCommit } from "../../machine/git/resolve-commit";
import { Refusal } from "../../refusal";
import { renderPage } from "../../report/html/document";
import { type Base, buildPicture } from "../../report/picture/build";
import { diffAccess } from "../../review/diff-access";
import { changeSentence } from "../../review/sentences/sentence";
import { commitText, type WorkingTree } from "../../review/sides";
import type { Roster } from "../../roster/roster";
import { quote } from "../../text";
import { define } from "../command";
import { dateFlag, jsonFlag, rosterFlag } from "../flags";
import { managedPolicies } from "../proof/proof-data";
import { abilitiesOf, rulesOfCommit, rulesOfFolder } from "../review/review-rules";
import { expectDay } from "./day";
import { readGitRoster } from "./git-roster";
import { missingCommits } from "./missing-commits";
import { pageAssets } from "./page-assets";
import { expectRoster } from "./read-roster";
import { limitsOf } from "./report-limits";
import { writeReport } from "./write-report";

/**
 * Who may take which role on one day as one page, the same bytes all day: access at the day's first instant in UTC, so what ends
 * during the day is still there. Nothing of the base is run. Exit 0 written, 2 not.
 */
export const report = define(
  {
    name: "report",
    about: "draw who may take which role in which account, and why, as one self-contained web page",
    schemaVersion: 3,
    usage: (command) =>
      command
        .requiredOption("--out <file>", "where to write it; replaces a report, and nothing else")
        .option("--base <git-ref>", "show what changes since then; nothing of it is run")
        .addOption(dateFlag())
        .option("--force", "overwrite any file", false)
        .addOption(rosterFlag())
        .addOption(jsonFlag()),
  },
  async (context, { out, base, date, roster: path, force }) => {
    if (out === "-")
      throw new Refusal(
        "a report is a file that only its owner can read, not standard output; name it, such as access.html",
      );
    const now = expectDay(date ?? context.now.toISOString().slice(0, 10));
    const sides = await readSides({ ...context, now }, path, base);
    const picture = buildPicture(sides.head, now, { limits: await expectLimits(context, sides), base: sides.base });
    const refused = writeReport(resolve(context.root, out), renderPage(picture, pageAssets(context.home)), force);
    if (refused !== undefined) throw new Refusal(refused);
    const { day, comparison } = picture;
    const against = sides.commit === undefined ? "" : ` against ${commitText(sides.commit)}`;
    const compared = sides.commit && { base: sides.commit, head: sides.tree };
    const counts = { people: sides.head.people.length, accounts: sides.head.accounts.length };
    return {
      exit: 0,
      data: { ok: true, out, day, ...counts, ...compared, comparison },
      findings: sides.findings,
      talk: [
        ...(await missingCommits(context, sides.commit?.commit, sides.tree.commit)),
        `wrote ${quote(out)}, access on ${day}${against}; only you can read it, because it says who can reach what`,
      ],
    };
  },
);

interface Sides {
  readonly head: Roster;
  readonly tree: WorkingTree;
  readonly base?: Base | undefined;
  readonly commit?: GitCommit | undefined;
  readonly findings: readonly Finding[];
}

async function readSides(context: Context, path: string | undefined, name: string | undefined): Promise<Sides> {
  const commit = name === undefined ? undefined : await expectCommit(context, name);
  const { roster: head, findings } = await expectRoster(context, path);
  const checkout = await checkedOut(context);
  const tree: WorkingTree = { workingTree: true, ...(checkout.known && { commit: checkout.value }) };
  if (commit === undefined) return { head, tree, findings };
  const base = await readBase(context, commit, path, head);
  return { head, tree, base, commit, findings: [...base.findings, ...findings] };
}

async function expectCommit(context: Context, name: string): Promise<GitCommit> {
  const commit = await resolveCommit(context, name);
  if (!commit.known) throw new Refusal(commit.reason);
  return commit.value;
}

async function readBase(
  context: Context,
  commit: GitCommit,
  path: string | undefined,
  head: Roster,
): Promise<Base & { readonly findings: readonly Finding[] }> {
  const name = commitText(commit);
  const read = await readGitRoster(context, commit, path);
  if (read.ok === "unreadable") throw new Refusal(read.reason);
  if (read.ok === "absent") {
    const nothing = { ...head, accounts: [], people: [], teams: [] };
    return { name, roster: nothing, notes: [`${quote(name)} has no roster, so everything is new`], findings: [] };
  }
  const findings = read.findings.map((finding) => ofSide(name, finding));
  if (!read.ok) throw new Refusal(`the roster of ${quote(name)} does not hold; nothing was written`, { findings });
  const changes = diffAccess(read.value, head, context.now, managedPolicies(context));
  // What a person gains or loses in an account is a cell of the picture; the rest has none.
  const others = changes.filter(({ person, account }) => person === undefined || account === "user");
  return { name, roster: read.value, notes: others.map(changeSentence), findings };
}

function ofSide(name: string, finding: Finding): Finding {
  return { ...finding, place: { ...finding.place, file: `${quote(name)}: ${finding.place.file}` } };
}

/** By the rules of the base, if there is one: a change is not measured by rules of its own. */
async function expectLimits(context: Context, { commit, base, head }: Sides) {
  const rules = commit === undefined ? rulesOfFolder(context) : await rulesOfCommit(context, commit.commit);
  const found = limitsOf(rules, base === undefined ? [head] : [base.roster, head], abilitiesOf(context));
  if ("limits" in found) return found.limits;
  throw new Refusal("the review rules do not hold; nothing was written", { findings: found.wrong });
}
