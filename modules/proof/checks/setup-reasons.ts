/** Why a setting of a provider that Rolecall never writes matters, in words that follow "has <setting>, ". */
const PROVIDER: ReadonlyMap<string, string> = new Map([
  ["endpoints", "so its calls go to another address, which may answer anything"],
  ["skip_requesting_account_id", "so allowed_account_ids checks nothing"],
  ["skip_credentials_validation", "so AWS is not asked whose credentials these are"],
  ["skip_metadata_api_check", "which changes where its credentials come from"],
  ["skip_region_validation", "so its region may be any"],
  ["access_key", "so anyone who reads the stack has keys"],
  ["secret_key", "so anyone who reads the stack has keys"],
  ["token", "so anyone who reads the stack has keys"],
  ["profile", "so it works with the credentials of a file on somebody's machine"],
  ["shared_config_files", "so its settings come from files on somebody's machine"],
  ["shared_credentials_files", "so its credentials come from files on somebody's machine"],
  ["shared_credentials_file", "so its credentials come from a file on somebody's machine"],
  ["assume_role_with_web_identity", "so it works as another role"],
  ["http_proxy", "so its calls go through a proxy"],
  ["https_proxy", "so its calls go through a proxy"],
  ["no_proxy", "which changes what goes through a proxy"],
  ["insecure", "so it does not check whom it talks to"],
  ["custom_ca_bundle", "so it trusts certificates of somebody's choice"],
  ["ec2_metadata_service_endpoint", "so its credentials come from another address"],
  ["sts_region", "so its roles are taken elsewhere"],
  ["default_tags", "so everything it makes gets tags that the roster does not have"],
  ["ignore_tags", "so it does not see tags that somebody else changes"],
  ["forbidden_account_ids", "which the roster does not have"],
  ["max_retries", "which only the sandbox has"],
]);

/** Of a role that a provider takes. */
const ROLE: ReadonlyMap<string, string> = new Map([
  ["policy", "which narrows its sessions, so an apply stops halfway"],
  ["policy_arns", "which narrow its sessions, so an apply stops halfway"],
  ["tags", "which its trust may depend on"],
  ["transitive_tag_keys", "which its trust may depend on"],
  ["source_identity", "which its trust may depend on"],
  ["external_id", "which its trust may depend on"],
  ["duration", "which the roster does not have"],
]);

const TERRAFORM: ReadonlyMap<string, string> = new Map([
  ["cloud", "so its state and its runs are elsewhere"],
  ["backend", "so it uses another state"],
  ["encryption", "so only somebody with that key can read its state"],
  ["experiments", "so Terraform may work differently with every release"],
  ["provider_meta", "which goes to the provider's maker"],
]);

/** One setting that nobody claims, by where it is. */
export function whyExtra(where: "provider" | "role" | "terraform", key: string): string {
  const reasons = where === "provider" ? PROVIDER : where === "role" ? ROLE : TERRAFORM;
  return reasons.get(key) ?? "which Rolecall never writes";
}
