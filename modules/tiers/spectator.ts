import { type PolicyDocument, policyDocument, type Statement } from "../iam/policy-document";
import data from "./spectator/data.json";
import metadata from "./spectator/metadata.json";
import never from "./spectator/never.json";

/**
 * What a spectator sees: how things are set up, and with `readsData` what people store as well. Lists of our own, not AWS's
 * ViewOnlyAccess or ReadOnlyAccess: those change without us, and ReadOnlyAccess reads data.
 *
 * Data are denied, not just left out, because a bucket or a queue may let in everybody of the organization by its own policy.
 * Secrets stay shut in both forms, and so does `kms:Decrypt`: AWS's own keys let in everyone who may use the service, which
 * would open the secure parameters. What is encrypted with KMS, objects included, therefore stays unreadable.
 */
export function spectatorDocument(readsData: boolean): PolicyDocument {
  return policyDocument(
    statement("Metadata", "Allow", metadata.actions),
    readsData ? statement("Data", "Allow", data.actions) : statement("NoData", "Deny", data.actions),
    statement("NoSecrets", "Deny", never.actions),
  );
}

function statement(sid: string, effect: Statement["Effect"], actions: readonly string[]): Statement {
  return { Sid: sid, Effect: effect, Action: actions, Resource: ["*"] };
}
