import { type PolicyDocument, renderDocument } from "../modules/iam/policy-document";
import { escapeTemplate } from "../modules/terraform/read/escape";

/** A policy document as a Terraform literal: minified JSON whose `${aws:username}` Terraform does not evaluate. */
export function policyJson(document: PolicyDocument): string {
  return escapeTemplate(renderDocument(document));
}

/** Tags as Terraform literals; absent when there are none. */
export function literalTags(tags: Readonly<Record<string, string>>): Record<string, string> | undefined {
  const entries = Object.entries(tags).map(([key, value]) => [escapeTemplate(key), escapeTemplate(value)] as const);
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
}
