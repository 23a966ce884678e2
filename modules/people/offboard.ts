import { offboardNotes } from "./leaving/notes";
import type { OffboardPlan } from "./leaving/plan-offboarding";
import type { OffboardEntry, OffboardRecord } from "./leaving/record";
import { runOffboarding } from "./leaving/run-offboarding";

/** What an offboarding needs of the world besides its plan's connections. */
export interface OffboardPorts {
  readonly clock: () => Date;
  /** Keeps the record: asked before the first step, after every step and at the end, so that a run that is killed leaves what it did. */
  readonly keep: (record: OffboardRecord) => void;
  /** Hears of each step when it is done or has failed. */
  readonly report: (entry: OffboardEntry) => void;
  readonly removeFromRoster: () => Promise<OffboardEntry>;
}

/**
 * Takes everything from a person, in an order that is safe to break off; run again it does what is missing. The roster loses the
 * person last, when nothing is left in AWS.
 */
export async function offboardPerson(plan: OffboardPlan, ports: OffboardPorts): Promise<OffboardRecord> {
  const { person, by, inRoster } = plan;
  const entries: (OffboardEntry & { readonly at: string })[] = [];
  const recordOf = (complete: boolean, notes: readonly string[]): OffboardRecord => {
    return { person, by, entries: [...entries], notes, complete };
  };
  const report = (entry: OffboardEntry) => {
    entries.push({ ...entry, at: ports.clock().toISOString() });
    ports.report(entry);
    ports.keep(recordOf(false, []));
  };
  ports.keep(recordOf(false, []));
  const cleared = await runOffboarding(plan, report);
  if (cleared && inRoster) report(await ports.removeFromRoster());
  const complete = cleared && entries.every(({ failure }) => failure === undefined);
  const record = recordOf(complete, offboardNotes(plan, complete));
  ports.keep(record);
  return record;
}
