/**
 * Literal text for Terraform's JSON syntax, where `${` and `%{` begin a template. The only crossing from IAM text.
 * A marker right behind another of its kind is literal whatever is before the two (tried with Terraform 1.11.4).
 */
export function escapeTemplate(text: string): string {
  return text.replace(/([$%])\{/g, "$1$1{");
}

/** The reverse of `escapeTemplate`. Throws on a template: such text is not a literal. */
export function unescapeTemplate(text: string): string {
  if (someTemplate(text)) throw new Error("not a literal: the text holds a Terraform template");
  return text.replace(/([$%])\1\{/g, "$1{");
}

/** True when the text holds a template that Terraform would evaluate. */
export function someTemplate(text: string): boolean {
  return /(^|[^$])\$\{|(^|[^%])%\{/.test(text);
}
