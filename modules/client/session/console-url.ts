import { partition, supportedPartition } from "../../iam/partition";

/** Where the console of a Region's partition signs people in. */
export function signInOf(region: string): string {
  return `https://${partition(supportedPartition(region)).signIn}`;
}

/**
 * Signs in to the console as the role whose token this is: anyone who has it is in. Source: IAM User Guide, "Enable custom
 * identity broker access to the AWS console", which gives it 15 minutes.
 */
export function federationUrl(endpoint: string, token: string, region: string): string {
  const { console } = partition(supportedPartition(region));
  const destination = `https://${region}.${console}/console/home?region=${region}`;
  const query = new URLSearchParams({
    Action: "login",
    Issuer: "rolecall",
    Destination: destination,
    SigninToken: token,
  });
  return `${endpoint}/federation?${query.toString()}`;
}
