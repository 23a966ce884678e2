import { setTimeout } from "node:timers/promises";
import { countsOf } from "../../proof/entrances/classified";
import { define } from "../command";
import { expectSettledProfile } from "../devices/expect-settled";
import { daysFlag, jsonFlag, rosterFlag } from "../flags";
import { managedPolicies, readCatalogue } from "../proof/proof-data";
import { expectCompiled } from "../roster/compiled-roster";

/**
 * Holds what the accounts really hold against the roster and good practice; reads, and changes nothing. Exit 0 clean, 1
 * something is wrong, 2 something could not be read.
 */
export const audit = define(
  {
    name: "audit",
    about:
      "compare what the accounts really hold with the roster, report who else gets in and what is bad practice; changes nothing",
    schemaVersion: 3,
    usage: (command) =>
      command
        .addOption(daysFlag("--key-days <n>", "days after which an access key is old"))
        .addOption(daysFlag("--unused-days <n>", "days after which a person, key or role counts as unused"))
        .addOption(rosterFlag())
        .addOption(jsonFlag()),
  },
  async (context, { roster: path, keyDays, unusedDays }) => {
    const { roster, plan, findings } = await expectCompiled(context, { path });
    await expectSettledProfile(context);
    const { auditAccounts } = await import("../../audit/audit-accounts");
    const { NOT_SEEN, renderAudit } = await import("../../audit/render-audit");
    const { auditExit } = await import("../../audit/run-audit");
    const { accountOpener } = await import("../../live/open-account");
    const plans = plan.stacks.flatMap(({ accounts }) => accounts);
    context.stderr(`reading ${plans.map(({ key }) => key).join(", ")}\n`);
    const [catalogue, managed] = [readCatalogue(context), managedPolicies(context)];
    const report = await auditAccounts(
      { roster, plans, now: context.now, limits: { keyDays, unusedDays }, catalogue, managed },
      { open: accountOpener("rolecall-audit"), wait: (seconds) => setTimeout(seconds * 1000) },
    );
    const { items, entrances, credentialReport } = report;
    const accounts = entrances.map(([account]) => account);
    const expected = Object.fromEntries(entrances.map(([account, all]) => [account, countsOf(all)]));
    return {
      exit: auditExit(items),
      findings,
      data: { credentialReport, accounts, expected, notSeen: NOT_SEEN, items },
      text: renderAudit(report),
    };
  },
);
