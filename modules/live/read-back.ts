import { AnswerError } from "./send";

/**
 * Carries out a change. Where no answer says that it happened, `isSo` looks: only what can be read back is done, and everything
 * else stays what it is, not known. IAM's own refusals are thrown as they are.
 */
export async function readBack(change: () => Promise<unknown>, isSo: () => Promise<boolean>): Promise<void> {
  try {
    await change();
  } catch (error) {
    if (!(error instanceof AnswerError) || !(await isSo().catch(() => false))) throw error;
  }
}
