/** Literal text for Terraform's JSON syntax, where `${` and `%{` begin a template. The only crossing from IAM text. */
export function escapeTemplate(text: string): string {
  return text.replace(/([$%])\{/g, "$1$1{");
}

/** The reverse of `escapeTemplate`. Throws on an interpolation: such text is not a literal. */
export function unescapeTemplate(text: string): string {
  return text.replace(/([$%])?([$%])\{/g, (whole, first: string | undefined, second: string) => {
    if (first !== second) throw new Error(`not a literal: ${whole} begins a Terraform template`);
    return `${second}{`;
  });
}

/** True when the text holds a template that Terraform would evaluate. */
export function someTemplate(text: string): boolean {
  return /(^|[^$])(\$\$)*\$\{|(^|[^%])(%%)*%\{/.test(text);
}
