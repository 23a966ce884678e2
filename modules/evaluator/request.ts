/** One question to IAM: may this principal do this action on this resource, now. */
export interface Request {
  readonly principal: Principal;
  /** `s3:GetObject`, in any case. */
  readonly action: string;
  /** An ARN, or `*` for an action that knows no resources. */
  readonly resource: string;
  /** The resource is only an example of its kind: reasons do not name it. */
  readonly isSample?: boolean | undefined;
  /** Twelve digits. Without it: the account in the resource's ARN, else the principal's own. */
  readonly resourceAccount?: string;
  /** Condition keys of the request, in any case; several values make a multivalued key. */
  readonly context?: Readonly<Record<string, string | readonly string[]>>;
  /** What else decides about it. The evaluator knows the policies of VPC endpoints and nothing of the others. */
  readonly passes?: readonly Passage[];
}

export type Passage = "VPC endpoint" | "access control list" | "Block Public Access" | "key grant";

export interface Principal {
  /** `federated` is the caller of AssumeRoleWithWebIdentity or AssumeRoleWithSAML, not yet a session. */
  readonly kind: "user" | "role-session" | "root" | "service" | "anonymous" | "federated";
  /**
   * A user's ARN; a session's `arn:aws:sts::ID:assumed-role/NAME/SESSION`; `arn:aws:iam::ID:root`; a service's name such
   * as `ec2.amazonaws.com`; an identity provider's ARN or name. Nothing of an anonymous caller.
   */
  readonly arn: string;
  /** Twelve digits. Without it: the account in the ARN. */
  readonly account?: string;
  /** Of a role session: the role's ARN with its path, which a session's own ARN does not have. */
  readonly roleArn?: string;
}
