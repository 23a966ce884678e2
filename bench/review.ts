import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { generateRoster } from "./generate-roster";
import { type Bench, BenchError, inTurn, median, run } from "./measure";

/** `rolecall review` of one person's new team at 1,000 people x 40 accounts: the whole command, in a repository of its own. */
export interface ReviewResult {
  readonly reviewMs: number;
  /** With what both sides synthesized, as workflows run it. */
  readonly synthsMs: number;
}

const ROUNDS = 5;
export const REVIEW_AIM_MS = 1_500;
/** The exit code of a review in which somebody gains. */
const GAINED = 1;

export async function measureReview(bench: Bench): Promise<ReviewResult> {
  bench.log("rolecall review of one person's change in 1000 people x 40 accounts");
  const repository = new Repository(bench);
  await repository.fill();
  const [plain = [], synths = []] = await inTurn(ROUNDS, [
    () => repository.review(),
    () => repository.review("--base-synth", "base-synth", "--head-synth", "head-synth"),
  ]);
  return { reviewMs: median(plain.map(({ ms }) => ms)), synthsMs: median(synths.map(({ ms }) => ms)) };
}

/** A repository with a committed roster and one person's change. */
class Repository {
  private readonly cwd: string;
  private readonly env: NodeJS.ProcessEnv;

  constructor(private readonly bench: Bench) {
    this.cwd = join(bench.scratch, "review");
    this.env = { ...bench.env, GIT_CONFIG_GLOBAL: "/dev/null", GIT_CONFIG_SYSTEM: "/dev/null" };
  }

  async fill(): Promise<void> {
    const roster = join(this.cwd, "roster.yaml");
    const text = generateRoster({ people: 1000, accounts: 41 });
    const changed = text.replace(/(person\.0998@example\.org: \{ teams: \[)team-\d+/, "$1team-000");
    if (changed === text) throw new BenchError("the generated roster has no person 998 to change");
    mkdirSync(this.cwd, { recursive: true });
    writeFileSync(roster, text);
    await this.git(["init", "--quiet", "--initial-branch=main"]);
    await this.git(["add", "roster.yaml"]);
    await this.git(["-c", "user.name=bench", "-c", "user.email=bench@example.org", "commit", "--quiet", "-m", "base"]);
    await this.synth("base-synth");
    writeFileSync(roster, changed);
    await this.synth("head-synth");
  }

  async review(...more: readonly string[]): ReturnType<typeof run> {
    const command = [join(this.bench.home, "bin/rolecall.js"), "review", "--base", "main", ...more];
    const ran = await run(process.execPath, command, { cwd: this.cwd, env: this.env });
    if (ran.code !== GAINED || !ran.stdout.includes("person.0998@example.org"))
      throw new BenchError(`the review ended with ${ran.code}:\n${ran.stdout}${ran.stderr}`);
    return ran;
  }

  private async synth(outdir: string): Promise<void> {
    const ran = await run(process.execPath, [join(this.bench.home, "bin/run.js"), "main.ts"], {
      cwd: this.cwd,
      env: { ...this.env, CDKTF_OUTDIR: join(this.cwd, outdir) },
    });
    if (ran.code !== 0) throw new BenchError(`the synth ended with ${ran.code}:\n${ran.stderr}`);
  }

  private async git(args: readonly string[]): Promise<void> {
    const ran = await run("git", ["-c", "commit.gpgsign=false", ...args], { cwd: this.cwd, env: this.env });
    if (ran.code !== 0) throw new BenchError(`git ${args.join(" ")} ended with ${ran.code}:\n${ran.stderr}`);
  }
}
