import { modelOf, type Shape } from "../../modules/live/answers/shape";

export const ACCOUNT = "222222222222";

/** What every command is asked with: each takes what it knows of it. */
export const INPUT = {
  UserName: "ann",
  RoleName: "operator",
  GroupName: "team-developers",
  PolicyName: "access",
  PolicyArn: `arn:aws:iam::${ACCOUNT}:policy/access`,
  PolicyDocument: "{}",
  VersionId: "v1",
  RoleArn: `arn:aws:iam::${ACCOUNT}:role/deploy/OrganizationAccountAccessRole`,
  RoleSessionName: "ann",
  DurationSeconds: 900,
  AccessKeyId: "AKIAIOSFODNN7EXAMPLE",
  SerialNumber: `arn:aws:iam::${ACCOUNT}:mfa/ann`,
  VirtualMFADeviceName: "ann",
  AuthenticationCode1: "111111",
  AuthenticationCode2: "222222",
  TokenCode: "111111",
  Password: "a-password",
  Status: "Inactive",
  CertificateId: "certificate",
  SSHPublicKeyId: "APKA",
  ServiceSpecificCredentialId: "ACCA",
} as const;

const VALUES: Readonly<Record<string, string>> = {
  ...INPUT,
  DurationSeconds: "900",
  Path: "/",
  Arn: `arn:aws:iam::${ACCOUNT}:user/ann`,
  PermissionsBoundaryArn: `arn:aws:iam::${ACCOUNT}:policy/boundary`,
  Account: ACCOUNT,
  DefaultVersionId: "v1",
  State: "COMPLETE",
  ReportFormat: "text/csv",
  Status: "Active",
};

/** A whole and right answer of AWS to a command, by the model: one item in every list, nothing left out, the last page. */
export function rightAnswer(command: unknown, now = new Date()): string {
  const { action, output } = modelOf(command);
  const result = output === undefined ? "" : element(`${action}Result`, inside(output, action, action, now));
  return element(`${action}Response`, `${result}${element("ResponseMetadata", element("RequestId", "1"))}`);
}

function element(name: string, inner: string): string {
  return `<${name}>${inner}</${name}>`;
}

function inside(shape: Shape, name: string, action: string, now: Date, depth = 0): string {
  switch (shape.kind) {
    case "structure":
      return shape.members
        .filter((member) => member.name !== "Marker" && (depth < 3 || member.required))
        .map((member) => element(member.name, inside(member.shape(), `${name}.${member.name}`, action, now, depth + 1)))
        .join("");
    case "list":
      return element("member", inside(shape.item, `${name}.member`, action, now, depth + 1));
    case "map":
      return element("entry", element("key", "Users") + element("value", inside(shape.value, "value", action, now)));
    default:
      return plain(shape.kind, name, action, now);
  }
}

function plain(
  kind: Exclude<Shape["kind"], "structure" | "list" | "map">,
  path: string,
  action: string,
  now: Date,
): string {
  const name = path.slice(path.lastIndexOf(".") + 1);
  if (kind === "number") return "900";
  if (kind === "boolean") return "false";
  if (kind === "bytes") return Buffer.from("ORSXG5A=").toString("base64");
  if (kind === "time")
    return name === "Expiration" ? new Date(now.getTime() + 600_000).toISOString() : "2026-01-01T00:00:00Z";
  if (path.endsWith("AssumedRoleUser.Arn"))
    return `arn:aws:sts::${ACCOUNT}:assumed-role/OrganizationAccountAccessRole/ann`;
  if (name === "Arn" && action === "GetPolicy") return INPUT.PolicyArn;
  return VALUES[name] ?? "text";
}
