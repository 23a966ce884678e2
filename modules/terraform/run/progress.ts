/** What a stack is doing. */
export type Phase =
  | "initializing"
  | "reading the state"
  | "looking for what a cut-off apply made"
  | "planning"
  | "reading the plan"
  | "applying"
  | "destroying";

export interface ProgressOptions {
  readonly write: (text: string) => void;
  /** Milliseconds since any fixed moment. */
  readonly clock: () => number;
  /** True to redraw one line in place; else every state change is a line of its own. */
  readonly inPlace: boolean;
}

const REDRAW_MS = 500;
/** Without a terminal: a sign of life, also for CI systems that stop silent jobs. */
const HEARTBEAT_MS = 10_000;

/** One readable display for all stacks: a line per state change with the time since the start. */
export class Progress {
  private readonly busy = new Map<string, { readonly phase: Phase; readonly since: number }>();
  private readonly started: number;
  private timer: NodeJS.Timeout | undefined;
  private drawn = false;

  constructor(private readonly options: ProgressOptions) {
    this.started = options.clock();
  }

  /** A stack begins a phase. */
  phase(stack: string, phase: Phase): void {
    this.busy.set(stack, { phase, since: this.options.clock() });
    if (!this.options.inPlace) this.line(`${stack}: ${phase}`);
    this.beat();
  }

  /** A stack is done with `text` as its result. */
  done(stack: string, text: string): void {
    this.busy.delete(stack);
    this.line(`${stack}: ${text}`);
    if (this.busy.size === 0) this.stop();
  }

  /** A line between the others. */
  line(text: string): void {
    this.clear();
    this.options.write(`[${this.elapsed(this.started)}] ${text}\n`);
  }

  /** Nothing is drawn or timed any more. */
  stop(): void {
    this.clear();
    clearInterval(this.timer);
    this.timer = undefined;
  }

  private beat(): void {
    if (this.timer !== undefined) return;
    this.timer = setInterval(() => this.draw(), this.options.inPlace ? REDRAW_MS : HEARTBEAT_MS);
    this.timer.unref();
  }

  private draw(): void {
    const parts = [...this.busy].map(([stack, { phase, since }]) => `${stack} ${phase} ${this.elapsed(since).trim()}`);
    if (!this.options.inPlace) {
      this.line(`still running: ${parts.join(", ")}`);
      return;
    }
    this.clear();
    this.options.write(`\u001b[?7l[${this.elapsed(this.started)}] ${parts.join(" | ")}\u001b[?7h`);
    this.drawn = true;
  }

  private clear(): void {
    if (this.drawn) this.options.write("\r\u001b[2K");
    this.drawn = false;
  }

  private elapsed(since: number): string {
    return `${((this.options.clock() - since) / 1000).toFixed(1)}s`.padStart(6);
  }
}
