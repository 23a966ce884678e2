import { type AuditCheck, ifKnown, itemsOf } from "../check";

/** Everything in the accounts is the roster's, of an expected class, declared, or reported here. */
export const entrances: AuditCheck = ({ accounts, entrances: all }) =>
  accounts.flatMap((account) => {
    const { finding, note, unknown, open } = itemsOf("entrances", account);
    const items = { finding, note, unknown: open };
    return ifKnown(
      account.inventory,
      (why) => unknown("what else is in the account", why),
      () =>
        all
          .filter((each) => each.account === account.plan.key)
          .flatMap(({ kind, code, message, cure }) =>
            kind === "expected" ? [] : [{ ...items[kind](message, cure), code }],
          ),
    );
  });
