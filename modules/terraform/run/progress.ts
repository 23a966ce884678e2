/** What is being done, as a progress line says it. */
export type Phase =
  | "synthesizing"
  | "reading the accounts"
  | "initializing"
  | "reading the state"
  | "looking for what an interrupted apply created"
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

/**
 * One display of all that runs. In place it is one line, with the time since the start, that is gone when everything has ended;
 * else each state change is a line.
 */
export class Progress {
  private readonly busy = new Map<string, { readonly phase: Phase; readonly since: number }>();
  private readonly started: number;
  private ended = 0;
  private timer: NodeJS.Timeout | undefined;
  private drawn = false;

  constructor(private readonly options: ProgressOptions) {
    this.started = options.clock();
  }

  get inPlace(): boolean {
    return this.options.inPlace;
  }

  /** A task, such as a stack, begins a phase; the task without a name is the command itself. */
  phase(task: string, phase: Phase): void {
    this.busy.set(task, { phase, since: this.options.clock() });
    if (!this.options.inPlace) this.line(named(task, phase));
    this.beat();
  }

  /** A task ends with `text` as its result, which is a line where nothing is drawn in place. */
  done(task: string, text: string): void {
    this.ended += 1;
    if (!this.options.inPlace) this.line(named(task, text));
    this.end(task);
  }

  /** A task ends, and there is nothing to say of it. */
  end(task: string): void {
    this.busy.delete(task);
    if (this.busy.size === 0) this.stop();
  }

  /** A line that stays. */
  line(text: string): void {
    this.aside(() => this.options.write(`[${this.elapsed(this.started)}] ${text}\n`));
  }

  /** What `write` writes begins on a line of its own. */
  aside(write: () => void): void {
    this.clear();
    write();
  }

  /** Nothing is drawn or timed any more; what comes next is counted from its own beginning. */
  stop(): void {
    this.clear();
    this.ended = 0;
    clearInterval(this.timer);
    this.timer = undefined;
  }

  private beat(): void {
    if (this.timer !== undefined) return;
    this.timer = setInterval(() => this.draw(), this.options.inPlace ? REDRAW_MS : HEARTBEAT_MS);
    this.timer.unref();
  }

  private draw(): void {
    const parts = [...this.busy].map(([task, { phase, since }]) =>
      [task, phase, this.elapsed(since).trim()].filter((word) => word !== "").join(" "),
    );
    if (!this.options.inPlace) {
      this.line(`still running: ${parts.join(", ")}`);
      return;
    }
    this.clear();
    const text = [...(this.ended === 0 ? [] : [`${this.ended} done`]), ...parts].join(" | ");
    // Without wrapping: a line that is too long is cut, and stays one.
    this.options.write(`\u001b[?7l[${this.elapsed(this.started)}] ${text}\u001b[?7h`);
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

function named(task: string, text: string): string {
  return task === "" ? text : `${task}: ${text}`;
}
