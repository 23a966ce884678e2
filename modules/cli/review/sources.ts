import type { Context } from "../../machine/context";
import type { ReviewSources } from "../../review/reviewed";
import { managedPolicies, readCatalogue } from "../proof/proof-data";

/** The catalogue and AWS's policies of this installation, each read when a review first asks for it. */
export function reviewSources(context: Context): ReviewSources {
  let managed: ReturnType<typeof managedPolicies> | undefined;
  return {
    now: context.now,
    catalogue: () => readCatalogue(context),
    managed: () => {
      managed ??= managedPolicies(context);
      return managed;
    },
  };
}
