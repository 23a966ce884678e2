/** What a rule says about itself: code scanning shows it with every result. */
interface RuleText {
  /** One sentence. */
  readonly short: string;
  /** What the result means. */
  readonly full: string;
  /** What to do. */
  readonly cure: string;
}

const CHECK = "Read the sentence and the line; approve the pull request only if this is what it should do.";

const TEXTS: Readonly<Record<string, RuleText>> = {
  "access-unknown": {
    short: "A change of access that cannot be judged; it counts as more access.",
    full: "Something changed that can affect what somebody may do, and the review could not tell whether it gives more or less. It counts as more access.",
    cure: "Make the change in a form that can be judged, or have it read by somebody who is responsible for it.",
  },
  "access-widening": {
    short: "Somebody gets more access.",
    full: "After this change somebody may do something that they could not do before: a grant, a tier's permissions, a trust or a session became wider.",
    cure: CHECK,
  },
  "access-narrowing": {
    short: "Somebody gets less access.",
    full: "After this change somebody may no longer do something that they could do before.",
    cure: "Make sure that nobody still needs it; the change takes effect with the next apply.",
  },
  "too-many-holders": {
    short: "More people would hold a tier than review.yaml allows.",
    full: "A rule in review.yaml says how many people may hold a tier in an account at most, and this change leads to more.",
    cure: "Grant the tier to fewer people, or change the rule in a pull request of its own.",
  },
  "end-required": {
    short: "A grant has no end, and review.yaml requires one.",
    full: "A rule in review.yaml says that grants of this tier end by themselves.",
    cure: "Add until to the grant.",
  },
  "grant-too-long": {
    short: "A grant lasts longer than review.yaml allows.",
    full: "A rule in review.yaml says how many days from today grants of this tier may last, and this one ends later.",
    cure: "End the grant earlier.",
  },
  "reason-required": {
    short: "A grant has no reason, and review.yaml requires one.",
    full: "A rule in review.yaml says that grants of this tier say why they were given.",
    cure: "Add reason to the grant.",
  },
  "idle-rule": {
    short: "A rule in review.yaml applies to nothing.",
    full: "No account, tier or grant can ever break this rule, so it protects nothing.",
    cure: "Remove the rule, or write what it should apply to.",
  },
};

/** A rule for SARIF 2.1.0 as GitHub's code scanning wants it: a name, both descriptions, and help as text and as Markdown. */
export function sarifRule(id: string): unknown {
  const { short, full, cure } = Object.hasOwn(TEXTS, id) ? (TEXTS[id] as RuleText) : textOf(id);
  return {
    id,
    name: id.replace(/(?:^|-)(\w)/g, (_dash, letter: string) => letter.toUpperCase()),
    shortDescription: { text: short },
    fullDescription: { text: full },
    help: { text: `${full} ${cure}`, markdown: `${full}\n\n**What to do:** ${cure}` },
  };
}

function textOf(id: string): RuleText {
  return {
    short: `A rule is broken: ${id}.`,
    full: `The roster or review.yaml breaks the rule ${id}; the result's message says what is wrong there.`,
    cure: "Correct the line that the result points to.",
  };
}

/** For results outside of a pipeline that says where it runs; reserved, so that it is nobody else's. */
export const RESERVED_ADDRESS = "https://rolecall.example/review";

/** Where a reader of a result can read on: the repository, when the pipeline says which (GITHUB_SERVER_URL, GITHUB_REPOSITORY). */
export function informationUri(server: string | undefined, repository: string | undefined): string {
  const origin = originOf(server ?? "");
  const fits = /^[A-Za-z0-9][\w-]*\/(?!\.{1,2}$)[\w.-]+$/.test(repository ?? "");
  return origin !== undefined && fits ? `${origin}/${repository}` : RESERVED_ADDRESS;
}

function originOf(server: string): string | undefined {
  if (!URL.canParse(server)) return undefined;
  const { protocol, origin, href } = new URL(server);
  return protocol === "https:" && href === `${origin}/` && /^[\x21-\x7e]+$/.test(server) ? origin : undefined;
}
