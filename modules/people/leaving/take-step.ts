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
import type { OffboardStep } from "./offboard-steps";
import { ask } from "../../live/send";
import { unlessMissing } from "../../live/unless-missing";

/** Takes one step; what is gone already was taken before, by an earlier run or by somebody else. Other failures throw. */
export async function takeStep(iam: IAMClient, person: string, step: OffboardStep): Promise<void> {
  const UserName = person;
  switch (step.kind) {
    case "lock":
      return sent(ask(iam, new AttachUserPolicyCommand({ UserName, PolicyArn: step.id })));
    case "deactivate-key":
      return gone(ask(iam, new UpdateAccessKeyCommand({ UserName, AccessKeyId: step.id, Status: "Inactive" })));
    case "delete-password":
      return gone(ask(iam, new DeleteLoginProfileCommand({ UserName })));
    case "delete-key":
      return gone(ask(iam, new DeleteAccessKeyCommand({ UserName, AccessKeyId: step.id })));
    case "delete-device":
      return deleteDevice(iam, UserName, step.id);
    case "delete-certificate":
      return gone(ask(iam, new DeleteSigningCertificateCommand({ UserName, CertificateId: step.id })));
    case "delete-ssh-key":
      return gone(ask(iam, new DeleteSSHPublicKeyCommand({ UserName, SSHPublicKeyId: step.id })));
    case "delete-service-credential":
      return gone(
        ask(iam, new DeleteServiceSpecificCredentialCommand({ UserName, ServiceSpecificCredentialId: step.id })),
      );
    case "leave-group":
      return gone(ask(iam, new RemoveUserFromGroupCommand({ UserName, GroupName: step.id })));
    case "delete-inline-policy":
      return gone(ask(iam, new DeleteUserPolicyCommand({ UserName, PolicyName: step.id })));
    case "detach-policy":
      return gone(ask(iam, new DetachUserPolicyCommand({ UserName, PolicyArn: step.id })));
    case "delete-boundary":
      return gone(ask(iam, new DeleteUserPermissionsBoundaryCommand({ UserName })));
    case "delete-user":
      return gone(ask(iam, new DeleteUserCommand({ UserName })));
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
  await gone(ask(iam, new DeactivateMFADeviceCommand({ UserName, SerialNumber })));
  if (/^arn:[^:]*:iam::\d{12}:mfa\//.test(SerialNumber))
    await gone(ask(iam, new DeleteVirtualMFADeviceCommand({ SerialNumber })));
}
