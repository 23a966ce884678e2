/** Where the console signs people in. */
export const SIGN_IN = "https://signin.aws.amazon.com";

/**
 * Signs in to the console as the role whose token this is: whoever has it is in. Source: IAM User Guide, "Enable custom
 * identity broker access to the AWS console", which gives it 15 minutes.
 */
export function federationUrl(endpoint: string, token: string, region: string): string {
  const destination = `https://${region}.console.aws.amazon.com/console/home?region=${region}`;
  const query = new URLSearchParams({
    Action: "login",
    Issuer: "rolecall",
    Destination: destination,
    SigninToken: token,
  });
  return `${endpoint}/federation?${query.toString()}`;
}
