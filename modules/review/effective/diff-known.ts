import type { AccountDocuments } from "../../iam/account-documents";
import { type AccessChange, sortChanges } from "../access-change";
import { plainDiff } from "../documents/plain-diff";
import { type RightsContext, rightsChanges } from "./rights-changes";

/**
 * What one set of documents gives and takes against another: who and what comes and goes, whom roles trust, and what the
 * holders of policies may do, which is evaluated and never read off the texts. What documents say cannot be judged is left out.
 */
export function diffKnown(
  before: readonly AccountDocuments[],
  after: readonly AccountDocuments[],
  context: RightsContext,
): readonly AccessChange[] {
  return sortChanges([...plainDiff(before, after, context.keys), ...rightsChanges(before, after, context)]);
}
