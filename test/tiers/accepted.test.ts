import { operatorBoundary } from "../../modules/tiers/operator-boundary";
import { builtInPermissions } from "../../modules/tiers/tier-permissions";
import accepted from "../../modules/tiers/accepted.json";
import data from "../../modules/tiers/spectator/data.json";
import { CATALOGUE } from "./catalogue";
import { ACCOUNT, ask, BOUNDARY, compile } from "./documents";

const PLACE = {
  account: { partition: "aws" as const, id: ACCOUNT },
  boundaryArn: BOUNDARY,
  applicationPath: "/application/",
};
const OPERATOR = {
  identity: (builtInPermissions("operator", { spectatorsReadData: false })?.inlinePolicies ?? []).map(({ document }) =>
    compile(document),
  ),
  boundary: compile(operatorBoundary(PLACE)),
};

const KNOWN = new Set(CATALOGUE.map(({ name }) => name));

test.each(accepted.paths.map((each) => [each.path, each] as const))(
  "accepted: %s; it is known, open indeed, and has a reason and a way to avoid it",
  (_path, { actions, reason, avoid, resource = "*" }) => {
    expect(actions.filter((action, index) => !KNOWN.has(action) || actions.indexOf(action) !== index)).toEqual([]);
    const context = { "iam:PermissionsBoundary": BOUNDARY };
    expect(actions.filter((action) => ask(OPERATOR, { action, resource, context }) !== "allowed")).toEqual([]);
    expect([reason, avoid]).not.toContain("");
  },
);

test.each([false, true])(
  "spectators (reading data: %s) have none of these ways but reading what people store",
  (reads) => {
    const documents = builtInPermissions("spectator", { spectatorsReadData: reads })?.inlinePolicies ?? [];
    const spectator = { identity: documents.map(({ document }) => compile(document)) };
    const actions = accepted.paths.flatMap((path) => path.actions);
    const open = actions.filter((action) => ask(spectator, { action }) === "allowed");
    expect(open.filter((action) => !(reads && data.actions.includes(action)))).toEqual([]);
  },
);
