/** What happens to the review rules, or to what they apply to. `rules`: places of rules, `review.yaml:2`. */
export type RulesChange =
  | { readonly kind: "rules-removed" | "rules-set" | "rules-changed" }
  | { readonly kind: "rules-broken"; readonly side: "base" }
  | { readonly kind: "rules-broken"; readonly side: "head"; readonly reason: string }
  | { readonly kind: "rules-moved"; readonly before: string }
  | { readonly kind: "rules-unknown"; readonly reason: string }
  | {
      /** An account that comes under a name in rules, or no longer is. */
      readonly kind: "rule-scope-account";
      readonly id: string;
      readonly name: string;
      readonly named: string;
      readonly how: "joins" | "leaves" | "leaves-roster";
      readonly rules: readonly string[];
    }
  | {
      /** A tier that can do now what one that rules name could do. */
      readonly kind: "rule-scope-tier";
      readonly before: string;
      readonly after: string;
      readonly rules: readonly string[];
    }
  | {
      /** Somebody who holds through a team what rules about grants of their own applied to. */
      readonly kind: "rule-scope-grant";
      readonly rules: readonly string[];
    };
