/** True for the ARN, in any partition, of AWS's own policy that denies everything: an offboarding begins with it. */
export function isLock(arn: string): boolean {
  return /^arn:[\w-]+:iam::aws:policy\/AWSDenyAll$/.test(arn);
}
