import { quote } from "../text";

/** Who AWS says is calling. */
export type Caller =
  | { readonly kind: "user"; readonly arn: string; readonly accountId: string; readonly user: string }
  | {
      readonly kind: "role-session";
      readonly arn: string;
      readonly accountId: string;
      /** Name without its path: that is all the answer holds. */
      readonly role: string;
      readonly session: string;
    }
  | { readonly kind: "root" | "federated" | "unknown"; readonly arn: string; readonly accountId: string };

/** Reads the ARN that `GetCallerIdentity` answers. Source: AWS STS API Reference, "GetCallerIdentity". */
export function readCaller(arn: string): Caller {
  // What comes from elsewhere than AWS must not reach a terminal as it is.
  if (!/^[!-~]{1,2048}$/.test(arn)) return { kind: "unknown", arn: quote(arn), accountId: "" };
  const [, , service, , accountId = "", ...rest] = arn.split(":");
  const resource = rest.join(":");
  const [kind = "", ...parts] = resource.split("/");
  const name = parts.at(-1) ?? "";
  if (service === "iam" && resource === "root") return { kind: "root", arn, accountId };
  if (service === "iam" && kind === "user" && name !== "") return { kind: "user", arn, accountId, user: name };
  if (service === "sts" && kind === "assumed-role" && parts.length === 2)
    return { kind: "role-session", arn, accountId, role: parts[0] ?? "", session: name };
  if (service === "sts" && kind === "federated-user") return { kind: "federated", arn, accountId };
  return { kind: "unknown", arn, accountId };
}

/** `the role operator in 222222222222 (session ann)`; for messages. */
export function describeCaller(caller: Caller): string {
  switch (caller.kind) {
    case "user":
      return `the IAM user ${caller.user} of ${caller.accountId}`;
    case "role-session":
      return `the role ${caller.role} in ${caller.accountId} (session ${caller.session})`;
    case "root":
      return `the root user of ${caller.accountId}`;
    case "federated":
      return `a federated session in ${caller.accountId}`;
    case "unknown":
      return "an unknown kind of caller";
  }
}
