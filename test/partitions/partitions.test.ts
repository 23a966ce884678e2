import { readFileSync } from "node:fs";
import { join } from "node:path";
import { IAMClient } from "@aws-sdk/client-iam";
import { STSClient } from "@aws-sdk/client-sts";
import { claimAccess } from "../../modules/access/claims";
import { accessDocuments } from "../../modules/access/plan-documents";
import { personRoles } from "../../modules/client/person-roles";
import { compose } from "../../modules/client/profiles/compose";
import { profilesOf } from "../../modules/client/profiles/profile";
import { STYLE_NAMES } from "../../modules/client/profiles/style-names";
import { switchRoleLink } from "../../modules/client/profiles/switch-role-link";
import { serialProblem } from "../../modules/client/profiles/serial";
import { federationUrl, signInOf } from "../../modules/client/session/console-url";
import { welcome } from "../../modules/client/welcome/welcome";
import { identify } from "../../modules/client/whoami";
import { readCaller } from "../../modules/client/caller";
import { parseCatalogue } from "../../modules/iam/catalogue";
import { type PartitionId, PARTITION_DATA, PARTITION_IDS, partition, stsAddress } from "../../modules/iam/partition";
import data from "../../modules/iam/partitions.json";
import { isSame } from "../../modules/people/leaving/caller";
import { shuttingSteps } from "../../modules/people/leaving/offboard-steps";
import { reachableRoles } from "../../modules/people/leaving/reachable-roles";
import { askTiers } from "../../modules/proof/ask";
import { proveDocuments } from "../../modules/proof/prove";
import { planDocuments } from "../../modules/review/plan/documents";
import { diffAccess } from "../../modules/review/diff-access";
import type { Roster } from "../../modules/roster/roster";
import { plannedDocuments } from "../../modules/terraform/read/plan-documents";
import { readPlan } from "../../modules/terraform/read/read-plan";
import { readStackDocuments } from "../../modules/terraform/read/stack-documents";
import { sdkPartitions } from "../../scripts/sdk-partitions";
import { parseText } from "../support/roster-text";
import { planOfStacks } from "../support/plan-of-stacks";
import { compiled, NOW, stackTexts, synthesized } from "../support/synth";

/* A roster in each partition, through everything that says or reads an ARN or an address. */
jest.setTimeout(120_000);

const EXAMPLE = readFileSync(join(__dirname, "../support/example-roster.yaml"), "utf8");
const CATALOGUE = parseCatalogue(readFileSync(join(__dirname, "../../modules/iam/catalogue.json"), "utf8"));

interface Place {
  readonly region: string;
  readonly signIn: string;
  readonly console: string;
  readonly sts: string;
  readonly iam: string;
}

/** Sources: the endpoint rules of the AWS SDK; AWS GovCloud (US) User Guide; Getting Started with AWS in China (read 2026-11). */
const PLACES: Readonly<Record<PartitionId, Place>> = {
  aws: {
    region: "eu-central-1",
    signIn: "signin.aws.amazon.com",
    console: "eu-central-1.console.aws.amazon.com",
    sts: "sts.eu-central-1.amazonaws.com",
    iam: "iam.amazonaws.com",
  },
  "aws-cn": {
    region: "cn-north-1",
    signIn: "signin.amazonaws.cn",
    console: "cn-north-1.console.amazonaws.cn",
    sts: "sts.cn-north-1.amazonaws.com.cn",
    iam: "iam.cn-north-1.amazonaws.com.cn",
  },
  "aws-us-gov": {
    region: "us-gov-west-1",
    signIn: "signin.amazonaws-us-gov.com",
    console: "us-gov-west-1.console.amazonaws-us-gov.com",
    sts: "sts.us-gov-west-1.amazonaws.com",
    iam: "iam.us-gov.amazonaws.com",
  },
};

function rosterIn(id: PartitionId): Roster {
  const auditor = `auditor: { policies: ["arn:${id}:iam::aws:policy/SecurityAudit"] }`;
  const tiers = `tiers:\n  ${auditor}\n  operator: { sessionNames: ["awsu-${"?".repeat(32)}"] }\n`;
  const parsed = parseText(EXAMPLE.replace("region: eu-central-1", `region: ${PLACES[id].region}`) + tiers);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.findings));
  return parsed.value;
}

/** Every ARN in a text, by its partition. */
function partitionsIn(text: string): readonly string[] {
  return [...new Set([...text.matchAll(/\barn:([\w-]*):/g)].map(([, found = ""]) => found))];
}

const PERSON = "dev.two@example.org";

describe.each(PARTITION_IDS)("%s", (id) => {
  const roster = rosterIn(id);
  const place = PLACES[id];
  const claims = claimAccess(roster);
  const stacks = synthesized(roster);
  const documents = readStackDocuments(stackTexts(stacks));
  const input = { claims, catalogue: CATALOGUE, managed: new Map(), now: NOW };
  const breachesOf = (all: typeof documents) =>
    proveDocuments({ ...input, documents: all }).checks.flatMap(({ breaches }) =>
      breaches.map(({ message }) => message),
    );

  test("every ARN of the stacks is of the partition", () => {
    expect(partitionsIn(JSON.stringify(stacks))).toEqual([id]);
    expect(partitionsIn(JSON.stringify(accessDocuments(compiled(roster)).map((each) => [...each.policies])))).toEqual([
      id,
    ]);
  });

  test("synthesized and planned documents are proven", () => {
    expect(breachesOf(documents)).toEqual([]);
    const plans = Object.values(stacks).map((stack) => readPlan(planOfStacks(undefined, stack)));
    expect(plannedDocuments(plans).map(({ partition: found }) => found)).toEqual([id, id, id]);
    expect(breachesOf(plannedDocuments(plans))).toEqual([]);
    expect(planDocuments(plans).after.map(({ partition: found }) => found)).toEqual([id, id, id]);
  });

  test("documents of another partition are not proven", () => {
    const [other] = PARTITION_IDS.filter((each) => each !== id);
    const text = JSON.stringify(stacks).replaceAll(`arn:${id}:`, `arn:${other}:`);
    const moved = readStackDocuments(stackTexts(JSON.parse(text) as typeof stacks));
    expect(breachesOf(moved).length).toBeGreaterThan(5);
  });

  test("can: a person who holds a role takes it and works in it", () => {
    const person = claims.people.find(({ name }) => name === PERSON);
    if (!person) throw new Error("nobody");
    const question = { ...input, documents, person, account: "testing" };
    const [answer] = askTiers({ ...question, action: "ec2:RunInstances" }).filter(({ tier }) => tier === "operator");
    expect([answer?.canTake.verdict, answer?.doing?.verdict]).toEqual(["allowed", "allowed"]);
  });

  test("a service of the partition, under each of its names, and Cognito there are strangers to every role", () => {
    const open = (principal: unknown) =>
      documents.map((account) => ({
        ...account,
        roles: account.roles.map((role) => ({
          ...role,
          trust: {
            Version: "2012-10-17",
            Statement: [
              ...[(role.trust as { Statement: unknown }).Statement].flat(),
              { Effect: "Allow", Principal: principal, Action: ["sts:AssumeRole", "sts:AssumeRoleWithWebIdentity"] },
            ],
          },
        })),
      }));
    const { serviceSuffixes, cognito } = partition(id);
    for (const Service of serviceSuffixes.map((suffix) => `ec2.${suffix}`))
      expect(breachesOf(open({ Service }))).toContainEqual(expect.stringContaining(`${Service} can take`));
    for (const Federated of cognito)
      expect(breachesOf(open({ Federated }))).toContainEqual(expect.stringContaining(`${Federated} can take`));
  });

  test("profiles of every style are of the partition", () => {
    const roles = personRoles(roster, PERSON, NOW) ?? [];
    const serial = `arn:${id}:iam::111111111111:mfa/${PERSON}`;
    const request = {
      ...{
        person: PERSON,
        userAccountId: "111111111111",
        region: place.region,
        profiles: profilesOf(roles, ""),
        prefix: "",
      },
      ...{ mfaSerial: serial, invocation: ["rolecall"], rosterPath: "/roster.yaml" },
    };
    for (const style of STYLE_NAMES) {
      const { text } = compose(style, request);
      const addresses = [...text.matchAll(/https:\/\/([^/"\s]+)/g)].map(([, host]) => host);
      expect([style, partitionsIn(text).filter((each) => each !== id)]).toEqual([style, []]);
      expect([style, [...new Set(addresses)].filter((host) => host !== place.signIn)]).toEqual([style, []]);
      for (const [, region] of text.matchAll(/^region\s*=\s*(.*)$/gm))
        expect([style, region]).toEqual([style, place.region]);
    }
    const account = roster.userAccount;
    expect(serialProblem(serial, account)).toBeUndefined();
    const elsewhere = PARTITION_IDS.find((each) => each !== id) ?? "";
    expect(serialProblem(serial.replace(`arn:${id}:`, `arn:${elsewhere}:`), account)).toContain("another account");
  });

  test("sign-in, switch role and federation lead to the partition's console", () => {
    const [role] = personRoles(roster, PERSON, NOW) ?? [];
    if (!role) throw new Error("no role");
    expect(new URL(switchRoleLink(role, "x")).host).toBe(place.signIn);
    expect(signInOf(role.region)).toBe(`https://${place.signIn}`);
    const url = new URL(federationUrl(signInOf(role.region), "token", role.region));
    expect([url.host, new URL(url.searchParams.get("Destination") ?? "").host]).toEqual([place.signIn, place.console]);
    const page = welcome(roster, PERSON, NOW);
    expect(page?.signInUrl).toBe(`https://example-users.${place.signIn}/console`);
    expect(page?.reach.map(({ consoleUrl }) => new URL(consoleUrl).host)).toEqual(page?.reach.map(() => place.signIn));
  });

  test("the SDK's clients and our own address of STS agree", async () => {
    const source = { region: place.region, credentials: { accessKeyId: "x", secretAccessKey: "x" } };
    const hosts: string[] = [];
    for (const client of [new STSClient(source), new IAMClient(source)]) {
      const { endpointProvider } = client.config;
      hosts.push(endpointProvider({ Region: place.region, UseFIPS: false, UseDualStack: false }, {}).url.host);
    }
    expect(hosts).toEqual([place.sts, place.iam]);
    expect(new URL(stsAddress(place.region)).host).toBe(place.sts);
  });

  test("whoami, offboarding and its search for roles know the partition's people and roles", () => {
    const caller = readCaller(`arn:${id}:sts::222222222222:assumed-role/operator/${PERSON}`);
    expect(identify(caller, roster, NOW)).toMatchObject({ person: PERSON, account: "testing", tier: "operator" });
    expect(isSame(`arn:${id}:iam::111111111111:user/${PERSON}`, roster.userAccount, PERSON)).toBe(true);
    const [user] = documents.filter(({ id: account }) => account === "111111111111");
    const found = reachableRoles(claims, PERSON, user, { now: NOW, everyRole: false });
    expect(found.elsewhere).toEqual([]);
    expect(found.roles.map(({ account, roleName }) => `${account.key} ${roleName}`)).toContain("production operator");
    const nothing = { keys: [], hasPassword: false, mfaDevices: [], signingCertificates: [], sshKeys: [] };
    const state = {
      ...{ ...nothing, name: PERSON, arn: `arn:${id}:iam::111111111111:user/${PERSON}`, hasBoundary: false },
      ...{ serviceCredentials: [], groups: [], inlinePolicies: [], attachedPolicies: [] },
    };
    expect(shuttingSteps(state)).toEqual([{ kind: "lock", id: `arn:${id}:iam::aws:policy/AWSDenyAll` }]);
  });

  test("review: nothing changes against itself; another partition means other accounts", () => {
    expect(diffAccess(roster, roster, NOW, new Map())).toEqual([]);
    const other = rosterIn(id === "aws" ? "aws-cn" : "aws");
    expect(diffAccess(other, roster, NOW, new Map())).toContainEqual(
      expect.objectContaining({ kind: "partition", direction: "widening" }),
    );
  });
});

test("the list of Regions is that of the installed SDK; npm run refresh:partitions brings it up to date", () => {
  const { source, partitions } = sdkPartitions();
  expect({ source: PARTITION_DATA.source, partitions: data.partitions }).toEqual({ source, partitions });
});
