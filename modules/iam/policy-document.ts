/** IAM's policy language as plain values; text is pure IAM, never escaped for Terraform. */
export interface PolicyDocument {
  readonly Version: "2012-10-17";
  readonly Statement: readonly Statement[];
}

export interface Statement {
  readonly Sid?: string;
  readonly Effect: "Allow" | "Deny";
  readonly Principal?: "*" | Readonly<Record<string, string | readonly string[]>>;
  readonly Action?: readonly string[];
  readonly NotAction?: readonly string[];
  readonly Resource?: readonly string[];
  readonly NotResource?: readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

export function policyDocument(...statements: readonly Statement[]): PolicyDocument {
  return { Version: "2012-10-17", Statement: statements };
}

/** The document as sent to IAM: minified, keys in the order written. */
export function renderDocument(document: PolicyDocument): string {
  return JSON.stringify(document);
}

/** At least what IAM counts: IAM leaves white space out, which only the inside of strings has here. */
export function documentChars(document: PolicyDocument): number {
  return renderDocument(document).length;
}

/** An inline policy. */
export interface NamedPolicy {
  readonly name: string;
  readonly document: PolicyDocument;
}
