import { type AuditCheck, ifKnown, itemsOf } from "../check";

/** The root user has MFA and no access key, in every account. One without any credentials (central root access) needs none. */
export const root: AuditCheck = ({ accounts }) =>
  accounts.flatMap((account) => {
    const { finding, unknown } = itemsOf("root", account);
    return ifKnown(
      account.root,
      (why) => unknown("the root user's MFA", why),
      ({ hasMfa, hasKeys, hasPassword, hasCertificates }) => [
        ...(hasMfa || (hasPassword === false && !hasKeys)
          ? []
          : [
              finding(
                "the root user has no MFA",
                "enrol a device for it, or remove its credentials with central root access",
              ),
            ]),
        ...(hasKeys ? [finding("the root user has an access key", "delete it")] : []),
        ...(hasCertificates === true ? [finding("the root user has a signing certificate", "delete it")] : []),
      ],
    );
  });
