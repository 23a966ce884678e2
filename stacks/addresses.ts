import type { ITerraformDependable, TerraformResource } from "cdktf";

/**
 * Resources of the same stack to wait for. cdktf's own `fqn` is a token with a stack trace behind it, which at 1,000 people
 * takes a tenth of the whole synth; the address it resolves to is plain text.
 */
export function addresses(...resources: readonly TerraformResource[]): ITerraformDependable[] {
  return resources.map(({ terraformResourceType, friendlyUniqueId }) => ({
    fqn: `${terraformResourceType}.${friendlyUniqueId}`,
  }));
}
