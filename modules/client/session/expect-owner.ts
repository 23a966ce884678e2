import { Refusal } from "../../refusal";
import { quote } from "../../text";
import { type Caller, describeCaller } from "../caller";

/** Throws unless the keys are this person's, in this user account: AWS would refuse, and not say why. */
export function expectOwner(caller: Caller, person: string, userAccountId: string, from: string): void {
  const cure = "name the profile of the right keys with --source-profile";
  if (caller.kind !== "user")
    throw new Refusal(`the keys of ${from} are not a person's own but of ${describeCaller(caller)}; ${cure}`);
  if (caller.accountId !== userAccountId)
    throw new Refusal(
      `the keys of ${from} belong to the account ${caller.accountId}, and the roster's user account is ${userAccountId}; ${cure}`,
    );
  if (caller.user !== person)
    throw new Refusal(`the keys of ${from} belong to ${quote(caller.user)}, and this is for ${quote(person)}; ${cure}`);
}
