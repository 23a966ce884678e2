import { operatorBoundary } from "../../modules/tiers/operator-boundary";
import { builtInPermissions } from "../../modules/tiers/tier-permissions";
import accepted from "../../modules/tiers/accepted.json";
import { matching } from "./catalogue";
import { ACCOUNT, ask, BOUNDARY, compile } from "./documents";

const PLACE = { accountId: ACCOUNT, boundaryArn: BOUNDARY, applicationPath: "/application/" };
const OPERATOR = {
  identity: (builtInPermissions("operator", { spectatorsReadData: false })?.inlinePolicies ?? []).map(({ document }) =>
    compile(document),
  ),
  boundary: compile(operatorBoundary(PLACE)),
};

test.each(accepted.paths.map((each) => [each.path, each] as const))(
  "accepted: %s; it is known, open indeed, and has a reason and a way to avoid it",
  (_path, { actions, reason, avoid, resource = "*" }) => {
    expect(actions.filter((action) => matching(action).length !== 1)).toEqual([]);
    const context = { "iam:PermissionsBoundary": BOUNDARY };
    expect(actions.filter((action) => ask(OPERATOR, { action, resource, context }) !== "allowed")).toEqual([]);
    expect([reason, avoid]).not.toContain("");
  },
);
