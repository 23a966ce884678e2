/** Changes of a plan that change nothing anybody claims, each with the reason. */
export const EQUIVALENT_PLANS: readonly { readonly matches: RegExp; readonly why: string }[] = [];
