import type { CredentialsResult } from "./credentials";
import { type EvaluatorResult, renderEvaluator } from "./evaluator";
import type { OfflineResult, StartResult } from "./offline";
import type { OnlineResult } from "./online";
import { PEER, peerTotal } from "./peer";
import { PICTURE_AIM_MS, type PictureResult } from "./picture";
import type { ProofResult } from "./proof";
import { REVIEW_AIM_MS, type ReviewResult } from "./review";
import { renderTable } from "./table";

export interface Results {
  readonly node: string;
  readonly cpus: string;
  readonly sizes: readonly OfflineResult[];
  readonly start: StartResult;
  readonly credentials: CredentialsResult;
  readonly evaluator: EvaluatorResult;
  readonly proofs: readonly ProofResult[];
  readonly review: ReviewResult;
  /** Absent without a browser. */
  readonly picture?: PictureResult;
  /** Absent with --no-sandbox. */
  readonly plans?: OnlineResult;
}

const RATIO_AIM = 1.25;

/** All results for a person to read; every aim is next to what was measured. */
export function renderResults(results: Results): string {
  const { node, cpus, sizes, start, credentials, evaluator, proofs, review, picture, plans } = results;
  return [
    `Node.js ${node}, ${cpus}; medians; MiB: peak memory of the process\n`,
    renderSizes(sizes),
    renderStart(start),
    renderCredentials(credentials),
    renderProofs(proofs),
    renderReview(review),
    ...(picture ? [renderPicture(picture)] : []),
    renderEvaluator(evaluator),
    ...(plans ? [renderPlans(plans)] : []),
  ].join("\n");
}

function renderSizes(sizes: readonly OfflineResult[]): string {
  const head = [
    "people x accounts",
    "resources",
    "check",
    "MiB",
    "compile",
    "MiB",
    "synth",
    "MiB",
    "bare",
    "MiB",
    "ratio",
    "",
    "cpu",
  ];
  const rows = sizes.map(({ people, accounts, resources, check, compile, synth, bare, ratio, ratios, cpuRatio }) => [
    `${people} x ${accounts}`,
    String(resources),
    ms(check.ms),
    whole(check.peakMib),
    ms(compile.compileMs),
    whole(compile.peakMib),
    ms(synth.ms),
    whole(synth.peakMib),
    ms(bare.ms),
    whole(bare.peakMib),
    ratio.toFixed(2),
    `${Math.min(...ratios).toFixed(2)}..${Math.max(...ratios).toFixed(2)}`,
    cpuRatio.toFixed(2),
  ]);
  const worst = Math.max(...sizes.map(({ ratio }) => ratio));
  return `${renderTable(head, rows)}  check, synth, bare: whole processes; compile: the step alone, after parsing
  bare: a cdktf app that emits equal stacks from finished values; ratio: synth over bare, in pairs; cpu: of processor time
  synth at most ${RATIO_AIM} x bare: ${verdict(worst <= RATIO_AIM, worst.toFixed(2))}
`;
}

function renderStart({ nodeMs, checkMs, aimMs }: StartResult): string {
  return `  rolecall check on the example: ${ms(checkMs)}; an empty Node process: ${ms(nodeMs)}
  at most twice that and 150 ms (${ms(aimMs)}): ${verdict(checkMs <= aimMs, ms(checkMs))}
`;
}

function renderCredentials({ nodeMs, keptMs, aimMs }: CredentialsResult): string {
  return `  rolecall credentials from what is kept: ${ms(keptMs)}; an empty Node process: ${ms(nodeMs)}
  at most that and 100 ms (${ms(aimMs)}): ${verdict(keptMs <= aimMs, ms(keptMs))}
`;
}

function renderProofs(proofs: readonly ProofResult[]): string {
  return proofs
    .map(({ what, ms: time, peakMib, aimMs, aimMib }) => {
      const measured = `${ms(time)}, ${whole(peakMib)} MiB`;
      return `  rolecall prove on ${what}, at most ${ms(aimMs)} and ${aimMib} MiB: ${verdict(time <= aimMs && peakMib <= aimMib, measured)}\n`;
    })
    .join("");
}

function renderReview({ reviewMs, synthsMs }: ReviewResult): string {
  const held = (value: number) => verdict(value <= REVIEW_AIM_MS, ms(value));
  return `  rolecall review of one person's change in 1000 x 40, at most ${ms(REVIEW_AIM_MS)}: ${held(reviewMs)}
  the same with what both sides synthesized: ${held(synthsMs)}
`;
}

function renderPicture({ writeMs, megabytes, openMs, searchMs }: PictureResult): string {
  return `  rolecall report on 1000 x 40: ${ms(writeMs)}, ${megabytes.toFixed(1)} MB; a name is found in ${ms(searchMs)}
  its page opens in Chromium in at most ${ms(PICTURE_AIM_MS)}: ${verdict(openMs <= PICTURE_AIM_MS, ms(openMs))}
`;
}

function renderPlans({ plans, perPerson, fixed, accounts, teams }: OnlineResult): string {
  const head = ["no-change plan on the sandbox", "resources", "requests", "peer's", "requests", "wall"];
  const rows = plans.map(({ people, resources, requests, wallMs }) => [
    `${people} people x ${accounts} accounts, ${teams} teams`,
    String(resources),
    String(requests),
    String(peerTotal("resources", people)),
    String(peerTotal("requests", people)),
    `${(wallMs / 1000).toFixed(1)} s`,
  ]);
  const split = [
    ["each further person", perPerson, PEER.perPerson, `${(perPerson.ms / 1000).toFixed(2)} s`] as const,
    ["fixed part", fixed, PEER.fixed, ""] as const,
  ].map(([name, ours, peer, wall]) => [
    name,
    String(ours.resources),
    String(ours.requests),
    String(peer.resources),
    String(peer.requests),
    wall,
  ]);
  const one = perPerson.resources === 1 && perPerson.requests === 1;
  const more = fixed.requests - PEER.fixed.requests;
  return `${renderTable(head, [...rows, ...split])}  peer: ${PEER.name}, measured once on the same emulator; wall: rolecall plan, with synth and init;
  ours lists each role's and group's policies once more, to notice what was added by hand
  1 resource and 1 request for each further person: ${verdict(one, `${perPerson.resources} and ${perPerson.requests}`)}
  no more fixed requests than the peer: ${verdict(more <= 0, `${fixed.requests} against ${PEER.fixed.requests}`)}
  requests of the smaller plan: ${renderActions(plans[0]?.byAction ?? {})}
`;
}

function renderActions(byAction: Readonly<Record<string, number>>): string {
  return Object.entries(byAction)
    .sort(([, a], [, b]) => b - a)
    .map(([action, count]) => `${count} ${action}`)
    .join(", ");
}

function verdict(held: boolean, measured: string): string {
  return held ? `held (${measured})` : `MISSED (${measured})`;
}

function ms(value: number): string {
  return `${value < 10 ? value.toFixed(1) : value.toFixed(0)} ms`;
}

function whole(value: number): string {
  return value.toFixed(0);
}
