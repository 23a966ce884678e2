/** Code that differs, and what the stacks say besides documents. */
export type CodeChange =
  | { readonly kind: "code-unknown" }
  | { readonly kind: "policy-code-judged" | "policy-code-changed"; readonly files: readonly string[] }
  | {
      readonly kind: "code-changed";
      readonly files: readonly string[];
      /** Why files that are not the project's own count. */
      readonly reason?: string | undefined;
    }
  | {
      /** A part of the synthesized stacks that no document of an account shows. */
      readonly kind: "stacks-differ";
      readonly part: string;
      readonly which: readonly string[];
    }
  | {
      readonly kind: "synth-of-another-roster";
      readonly side: "base" | "head";
      readonly lacks: { readonly account: string } | { readonly person: string };
    };
