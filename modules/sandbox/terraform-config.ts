/** A Terraform CLI configuration: the provider from this mirror, or from the registry; no calls home. */
export function terraformConfig(mirror: string | undefined): string {
  const installation =
    mirror === undefined
      ? ""
      : `provider_installation {
  filesystem_mirror {
    path    = ${JSON.stringify(mirror)}
    include = ["registry.terraform.io/hashicorp/aws"]
  }
  direct {
    exclude = ["registry.terraform.io/hashicorp/aws"]
  }
}
`;
  return `${installation}disable_checkpoint = true\n`;
}
