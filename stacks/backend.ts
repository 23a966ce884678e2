import { CloudBackend, LocalBackend, NamedCloudWorkspace, S3Backend, type TerraformStack } from "cdktf";
import type { Backend } from "../modules/roster/roster";

/** Puts the stack's state where the roster says. */
export function stateBackend(stack: TerraformStack, backend: Backend): void {
  const key = stack.node.id;
  switch (backend.kind) {
    case "local":
      // Terraform runs in <output>/stacks/<stack>; cdktf's own default is an absolute path of this machine.
      new LocalBackend(stack, { path: `../../../${backend.directory}/${key}.tfstate` });
      return;
    case "s3":
      s3Backend(stack, backend, key);
      return;
    case "cloud":
      new CloudBackend(stack, {
        organization: backend.organization,
        hostname: backend.hostname,
        workspaces: new NamedCloudWorkspace(`${backend.workspacePrefix}${key}`, backend.project),
      });
  }
}

function s3Backend(stack: TerraformStack, backend: Extract<Backend, { kind: "s3" }>, key: string): void {
  const s3 = new S3Backend(stack, {
    bucket: backend.bucket,
    key: `${backend.prefix}${key}.tfstate`,
    region: backend.region,
    encrypt: true,
    kmsKeyId: backend.kmsKeyId,
    ...(backend.roleArn === undefined ? {} : { assumeRole: { roleArn: backend.roleArn, sessionName: "rolecall" } }),
  });
  // cdktf 0.21 knows no use_lockfile (Terraform >= 1.10), and its DynamoDB locking is deprecated.
  s3.addOverride("use_lockfile", true);
}
