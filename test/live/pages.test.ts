import { IAMClient, ListUserPoliciesCommand, ListUsersCommand } from "@aws-sdk/client-iam";
import { askAll } from "../../modules/live/ask-all";
import { AnswerError } from "../../modules/live/send";
import { mapPool } from "../../modules/pool";
import { awsText, type OddServer, startOddServer } from "../support/odd-server";

let server: OddServer;
beforeAll(async () => {
  server = await startOddServer();
});
afterAll(() => server.stop());
beforeEach(() => server.forget());

const user = (name: string) =>
  `<member><Path>/</Path><UserName>${name}</UserName><UserId>AIDA</UserId><Arn>arn:aws:iam::222222222222:user/${name}</Arn><CreateDate>2026-01-01T00:00:00Z</CreateDate></member>`;

/** One page: its users, and the marker of the next. */
function page(names: readonly string[], next?: string): string {
  const more = next === undefined ? "false</IsTruncated>" : `true</IsTruncated><Marker>${next}</Marker>`;
  return awsText("ListUsers", `<Users>${names.map(user).join("")}</Users><IsTruncated>${more}`);
}

/** Serves a page for each marker, the first under "". */
function serve(pageOf: (marker: string) => string): void {
  server.answer = (response, asked) => {
    response.writeHead(200, { "content-type": "text/xml" });
    response.end(pageOf(asked.get("Marker") ?? ""));
  };
}

function users(): Promise<readonly (string | undefined)[]> {
  const credentials = { accessKeyId: "a", secretAccessKey: "b" };
  const iam = new IAMClient({ endpoint: server.url, region: "eu-central-1", credentials, maxAttempts: 1 });
  return askAll(iam, ListUsersCommand, {}, ({ Users }) => Users).then((all) => all.map(({ UserName }) => UserName));
}

test("every page is read, an empty one in the middle too", async () => {
  const pages = new Map([
    ["", page(["a", "b"], "2")],
    ["2", page([], "3")],
    ["3", page(["c"])],
  ]);
  serve((marker) => pages.get(marker) ?? "");
  expect(await users()).toEqual(["a", "b", "c"]);
});

test.each<readonly [string, (marker: string) => string, RegExp]>([
  ["the same page for ever", () => page(["a"], "2"), /is there twice/],
  ["an empty page that names itself", () => page([], "2"), /a page is repeated/],
  ["two pages that name each other", (marker) => page([], marker === "2" ? "3" : "2"), /a page is repeated/],
  ["an old page in between", (marker) => (marker === "" ? page(["a", "b"], "2") : page(["b", "c"])), /is there twice/],
  ["somebody twice on one page", () => page(["a", "a"]), /is there twice/],
  ["a second page that is missing", (marker) => (marker === "" ? page(["a"], "2") : ""), /an empty answer/],
  ["a second page of a portal", (marker) => (marker === "" ? page(["a"], "2") : "<html/>"), /an HTML page/],
])("%s is no list", async (_name, pageOf, says) => {
  serve(pageOf);
  const error = await users().catch((caught: unknown) => caught);
  expect(error).toBeInstanceOf(AnswerError);
  expect((error as Error).message).toMatch(says);
});

test("markers without end have one", async () => {
  let next = 0;
  serve(() => page([], `marker-${next++}`));
  await expect(users()).rejects.toThrow(/more than 1000 pages/);
}, 60_000);

test("a list of names keeps its order, and a name twice on two pages is no list", async () => {
  const names = (marker: string) =>
    awsText(
      "ListUserPolicies",
      `<PolicyNames><member>access</member></PolicyNames><IsTruncated>${marker === "" ? "true</IsTruncated><Marker>2</Marker>" : "false</IsTruncated>"}`,
    );
  serve(names);
  const credentials = { accessKeyId: "a", secretAccessKey: "b" };
  const iam = new IAMClient({ endpoint: server.url, region: "eu-central-1", credentials, maxAttempts: 1 });
  const asked = askAll(iam, ListUserPoliciesCommand, { UserName: "ann" }, ({ PolicyNames }) => PolicyNames);
  await expect(asked).rejects.toThrow(/"access" is there twice/);
});

test("some at a time, in the order of the items", async () => {
  let running = 0;
  let most = 0;
  const results = await mapPool([5, 1, 3, 2, 4], 2, async (value) => {
    most = Math.max(most, ++running);
    await new Promise((wake) => setTimeout(wake, value));
    running--;
    return value * 2;
  });
  expect([results, most]).toEqual([[10, 2, 6, 4, 8], 2]);
});
