import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseCatalogue } from "../modules/iam/catalogue";
import { unjudgedIdentityUse } from "../modules/tiers/identity-use";
import { unjudgedSiblings } from "../modules/tiers/spectator-siblings";
import { unclassifiedActions } from "../modules/tiers/unclassified";

/**
 * Prints, one a line, what a person has to deny, to accept (modules/tiers/accepted.json), or to put into reviewed.json (what looks
 * like a purchase or a way to more rights), identity-use.json (what may use an identity) or spectator/siblings.json (what
 * spectators see and that may be data); exits 1 when there is something.
 */
const root = resolve(process.argv[1] ?? "", "../..");
const catalogue = parseCatalogue(readFileSync(join(root, "modules/iam/catalogue.json"), "utf8"));
const siblings = unjudgedSiblings(catalogue.actions).map(({ action }) => action);
const open = [
  ...new Set([...unclassifiedActions(catalogue.actions), ...unjudgedIdentityUse(catalogue.actions), ...siblings]),
];
process.stderr.write(`${open.length} actions to classify, catalogue of ${catalogue.date}\n`);
for (const action of open) process.stdout.write(`${action}\n`);
process.exitCode = open.length === 0 ? 0 : 1;
