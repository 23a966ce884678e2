import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { claimAccess } from "../../access/claims";
import type { Finding } from "../../finding";
import { type Catalogue, parseCatalogue } from "../../iam/catalogue";
import type { LockedProvider } from "../../iam/stack-setup";
import type { ManagedPolicies } from "../../proof/checks/compiled-account";
import type { AccessClaims } from "../../proof/claims";
import { withDeployRole } from "../../roster/deploy-role";
import type { Roster } from "../../roster/roster";
import { parseLockFile } from "../../terraform/read/lock-file";
import type { Context } from "../../machine/context";
import { expectRoster } from "../roster/read-roster";

/** What the roster claims, of stacks made `as` this role of every account, with its warnings. Throws a `Refusal`. */
export async function expectClaims(
  context: Context,
  path?: string,
  as?: string,
): Promise<{ readonly claims: AccessClaims; readonly findings: readonly Finding[] }> {
  const { roster, findings } = await expectRoster(context, path);
  return { claims: claimsOf(context, roster, as), findings };
}

/** The sandbox's differences are claimed where main.ts writes them, and nowhere else. */
export function claimsOf({ env }: Context, roster: Roster, as?: string): AccessClaims {
  const sandbox = env["ROLECALL_SANDBOX"] === "1";
  return claimAccess(roster, { sandbox, reader: as === undefined ? undefined : withDeployRole(roster, as) });
}

/** The project's lock file, which synthesizing copies into every stack; nothing of it that is not in Terraform's form. */
export function readReviewedLock({ home }: Context): readonly LockedProvider[] {
  const file = join(home, "terraform.lock.hcl");
  const lock = existsSync(file) ? parseLockFile(readFileSync(file, "utf8")) : undefined;
  return lock?.known ? lock.value : [];
}

/** Texts of AWS's own policies by ARN: dated files, refreshed by `npm run refresh:managed-policies`. */
export function managedPolicies({ home }: Context): ManagedPolicies {
  const folder = join(home, "modules/iam/managed-policies");
  const files = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith(".json")) : [];
  return new Map(
    files.map((name) => {
      const { arn, document } = JSON.parse(readFileSync(join(folder, name), "utf8")) as {
        arn: string;
        document: unknown;
      };
      return [arn, document];
    }),
  );
}

let catalogue: Catalogue | undefined;

/** Read once: it is half a megabyte. */
export function readCatalogue({ home }: Context): Catalogue {
  catalogue ??= parseCatalogue(readFileSync(join(home, "modules/iam/catalogue.json"), "utf8"));
  return catalogue;
}
