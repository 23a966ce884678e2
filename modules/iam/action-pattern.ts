/** A test whether an action fits a pattern of a policy (`ec2:Purchase*`), in any case, as IAM compares. */
export function actionMatcher(pattern: string): (action: string) => boolean {
  const quoted = pattern.replace(/[.+^${}()|[\]\\]/g, "\\$&");
  const regex = new RegExp(`^${quoted.replaceAll("*", ".*").replaceAll("?", ".")}$`, "i");
  return (action) => regex.test(action);
}
