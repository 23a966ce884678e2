/** ARN of the boundary that operators and the roles they make must carry, as the promises name it. */
export function operatorBoundaryArn(accountId: string): string {
  return `arn:aws:iam::${accountId}:policy/rolecall/operator-boundary`;
}
