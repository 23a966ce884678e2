import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { claimAccess } from "../../access/claims";
import { formatFinding } from "../../finding";
import { type Catalogue, parseCatalogue } from "../../iam/catalogue";
import type { ManagedPolicies } from "../../proof/checks/compiled-account";
import type { AccessClaims } from "../../proof/claims";
import type { Context } from "../../machine/context";
import { readRoster } from "../roster/read-roster";

/** What the roster claims; its findings go to standard error. */
export async function readClaims(context: Context, path?: string): Promise<AccessClaims | undefined> {
  const roster = await readRoster(context, path);
  for (const finding of roster.findings) context.stderr(`${formatFinding(finding)}\n`);
  return roster.ok ? claimAccess(roster.value) : undefined;
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
