/** A running child as the interruption needs it. */
export interface Interruptible {
  /** 1: stop in order; 2: stop now; 3 and more: killed with all its children. */
  readonly stop: (force: number) => void;
}

/**
 * One stop request for all stacks. The first asks every running Terraform to stop in order and lets no new one start; each
 * further one is harder.
 */
export class Interruption {
  private force = 0;
  private readonly running = new Set<Interruptible>();

  get requested(): boolean {
    return this.force > 0;
  }

  request(): void {
    this.force += 1;
    for (const child of this.running) child.stop(this.force);
  }

  /** Runs `work` while `child` gets every stop request, also one made before. */
  async during<T>(child: Interruptible, work: Promise<T>): Promise<T> {
    this.running.add(child);
    try {
      if (this.requested) child.stop(this.force);
      return await work;
    } finally {
      this.running.delete(child);
    }
  }
}
