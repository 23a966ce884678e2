import { quote } from "../../text";
import { countOf } from "../../words";
import type { ChangeOf } from "../access-change";
import type { CodeChange } from "../changes/code";
import { someOf } from "./lists";
import type { Sentences } from "./tellers";

const SHOWN = 3;

export const CODE: Sentences<CodeChange["kind"]> = {
  "code-unknown": () => "git cannot tell whether code changed",
  "policy-code-judged": ({ files }) =>
    `code that may make the policies changed (${someOf(files, SHOWN)}); the policies are judged by what both sides synthesized`,
  "policy-code-changed": ({ files }) =>
    `code that may make the policies changed (${someOf(files, SHOWN)}); to have them judged, synthesize both sides and give --base-synth and --head-synth`,
  "code-changed": ({ files, reason }) => {
    const what = countOf(files.length, "file that runs", "files that run");
    const why = reason === undefined ? "" : ` (${reason})`;
    return `${what} with the rights of those who review, plan, apply or take roles changed (${someOf(files, SHOWN)}); documents do not show what code does: read it${why}`;
  },
  "stacks-differ": stacks,
  "synth-of-another-roster": ({ side, lacks }) =>
    `the synth output of the ${side} is not of its roster: it lacks ${"account" in lacks ? `the account ${lacks.account}` : quote(lacks.person)}; synthesize it again`,
};

function stacks({ part, which }: ChangeOf<"stacks-differ">): string {
  const where = /^[\w. -]+$/.test(part) ? part : quote(part);
  const some = which.slice(0, SHOWN).map(quote).join(", ");
  const others = which.length > SHOWN ? ` and ${countOf(which.length - SHOWN, "other", "others")}` : "";
  return `what the stacks say differs in ${where}, which no document shows: ${some}${others}`;
}
