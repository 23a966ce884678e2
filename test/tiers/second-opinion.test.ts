import { runSimulation } from "@cloud-copilot/iam-simulate";
import { operatorBoundary } from "../../modules/tiers/operator-boundary";
import { builtInPermissions } from "../../modules/tiers/tier-permissions";
import cases from "./cases/operator.json";
import { ACCOUNT, BOUNDARY, fill, type Question, TRUST } from "./documents";

/** The boundary judged by an engine that is not ours. */
const boundary = operatorBoundary({
  account: { partition: "aws", id: ACCOUNT },
  boundaryArn: BOUNDARY,
  applicationPath: "/application/",
});
const identity = builtInPermissions("operator", { spectatorsReadData: false })?.inlinePolicies ?? [];

async function simulate({ action, resource = "*", context = {} }: Question): Promise<string> {
  const target = fill(resource);
  const accountId = /^arn:aws:iam::(\d{12}):/.exec(target)?.[1] ?? ACCOUNT;
  const result = await runSimulation(
    {
      request: {
        principal: `arn:aws:sts::${ACCOUNT}:assumed-role/sample/ann`,
        action,
        resource: { resource: target, accountId },
        contextVariables: Object.fromEntries(Object.entries(context).map(([key, value]) => [key, fill(value)])),
      },
      identityPolicies: identity.map(({ name, document }) => ({ name, policy: document })),
      permissionBoundaryPolicies: [{ name: "boundary", policy: boundary }],
      serviceControlPolicies: [],
      resourceControlPolicies: [],
      ...(action === "sts:AssumeRole" ? { resourcePolicy: TRUST } : {}),
    },
    {},
  );
  return result.resultType === "error" ? JSON.stringify(result.errors) : result.overallResult;
}

test.each(
  (cases as readonly (Question & { name: string; expected: string })[]).map((each) => [each.name, each] as const),
)("iam-simulate agrees: an operator, %s", async (_name, { expected, ...question }) => {
  expect(await simulate(question)).toMatch(expected === "allowed" ? /^Allowed$/ : /^(Explicitly|Implicitly)Denied$/);
});
