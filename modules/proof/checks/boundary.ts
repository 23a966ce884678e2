import { type AccountRef, iamArn } from "../../iam/arn";

/** ARN of the boundary that operators and the roles they make must carry, as the promises name it. */
export function operatorBoundaryArn(account: AccountRef): string {
  return iamArn(account, "policy/rolecall/operator-boundary");
}
