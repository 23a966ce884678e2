import {
  AttachUserPolicyCommand,
  DeactivateMFADeviceCommand,
  DeleteAccessKeyCommand,
  DeleteLoginProfileCommand,
  DeleteServiceSpecificCredentialCommand,
  DeleteSigningCertificateCommand,
  DeleteSSHPublicKeyCommand,
  DeleteUserCommand,
  DeleteUserPermissionsBoundaryCommand,
  DeleteUserPolicyCommand,
  DeleteVirtualMFADeviceCommand,
  DetachUserPolicyCommand,
  type IAMClient,
  RemoveUserFromGroupCommand,
  UpdateAccessKeyCommand,
} from "@aws-sdk/client-iam";
import { LOCK_POLICY_ARN, type OffboardStep } from "./offboard-steps";
import { unlessMissing } from "./read-person";

/** Takes one step; what is gone already was taken before, by an earlier run or by somebody else. Other failures throw. */
export async function takeStep(iam: IAMClient, person: string, step: OffboardStep): Promise<void> {
  const UserName = person;
  switch (step.kind) {
    case "lock":
      return sent(iam.send(new AttachUserPolicyCommand({ UserName, PolicyArn: LOCK_POLICY_ARN })));
    case "deactivate-key":
      return gone(iam.send(new UpdateAccessKeyCommand({ UserName, AccessKeyId: step.id, Status: "Inactive" })));
    case "delete-password":
      return gone(iam.send(new DeleteLoginProfileCommand({ UserName })));
    case "delete-key":
      return gone(iam.send(new DeleteAccessKeyCommand({ UserName, AccessKeyId: step.id })));
    case "delete-device":
      return deleteDevice(iam, UserName, step.id);
    case "delete-certificate":
      return gone(iam.send(new DeleteSigningCertificateCommand({ UserName, CertificateId: step.id })));
    case "delete-ssh-key":
      return gone(iam.send(new DeleteSSHPublicKeyCommand({ UserName, SSHPublicKeyId: step.id })));
    case "delete-service-credential":
      return gone(
        iam.send(new DeleteServiceSpecificCredentialCommand({ UserName, ServiceSpecificCredentialId: step.id })),
      );
    case "leave-group":
      return gone(iam.send(new RemoveUserFromGroupCommand({ UserName, GroupName: step.id })));
    case "delete-inline-policy":
      return gone(iam.send(new DeleteUserPolicyCommand({ UserName, PolicyName: step.id })));
    case "detach-policy":
      return gone(iam.send(new DetachUserPolicyCommand({ UserName, PolicyArn: step.id })));
    case "delete-boundary":
      return gone(iam.send(new DeleteUserPermissionsBoundaryCommand({ UserName })));
    case "delete-user":
      return gone(iam.send(new DeleteUserCommand({ UserName })));
  }
}

async function sent(answer: Promise<unknown>): Promise<void> {
  await answer;
}

async function gone(answer: Promise<unknown>): Promise<void> {
  await unlessMissing(answer);
}

/** Only virtual devices exist apart from their user; others are gone once they are deactivated. */
async function deleteDevice(iam: IAMClient, UserName: string, SerialNumber: string): Promise<void> {
  await gone(iam.send(new DeactivateMFADeviceCommand({ UserName, SerialNumber })));
  if (/^arn:[^:]*:iam::\d{12}:mfa\//.test(SerialNumber))
    await gone(iam.send(new DeleteVirtualMFADeviceCommand({ SerialNumber })));
}
