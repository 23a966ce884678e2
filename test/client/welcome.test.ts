import type { CommandUnknownOpts } from "@commander-js/extra-typings";
import { createHash } from "node:crypto";
import { createProgram } from "../../modules/cli/program";
import { FIRST_STEPS } from "../../modules/client/welcome/first-steps";
import { renderWelcomeHtml } from "../../modules/client/welcome/render-html";
import { renderWelcomeMarkdown } from "../../modules/client/welcome/render-markdown";
import { welcome, WELCOME_MARK } from "../../modules/client/welcome/welcome";
import { ENROLMENT } from "../../modules/proof/promises/promises";
import type { Roster } from "../../modules/roster/roster";
import { heard } from "../support/in-process";
import { sampleRoster } from "../support/sample-roster";
import { NOW } from "../support/synth";

function page(roster: Roster = sampleRoster(), person = "dev.two@example.org", contact?: string) {
  const made = welcome(roster, person, NOW, contact === undefined ? {} : { contact });
  if (made === undefined) throw new Error("nobody of that name");
  return made;
}

describe("the first steps", () => {
  const moments = ENROLMENT.map(({ moment }) => moment);

  test("come in the order that the enrolment's promises prove, and leave no moment but the broken-off one out", () => {
    const places = FIRST_STEPS.map(({ moment }) => moments.indexOf(moment));
    expect(places).not.toContain(-1);
    expect(places).toEqual([...places].sort((a, b) => a - b));
    const told = new Set(FIRST_STEPS.map(({ moment }) => moment));
    const untold = moments.filter((moment) => !told.has(moment) && !moment.startsWith("abuse"));
    expect(untold).toEqual([expect.stringContaining("broken off")]);
  });

  test.each(FIRST_STEPS.map((step) => [step.title, step] as const))(
    "%s: all it takes is possible then",
    (_title, step) => {
      const moment = ENROLMENT.find((each) => each.moment === step.moment);
      const may = [...(moment?.may ?? []), ...(moment?.notDenied ?? [])].map(({ action }) => action);
      expect(step.actions.filter((action) => !may.includes(action))).toEqual([]);
    },
  );

  test("make no key before there is a device", () => {
    const actions = FIRST_STEPS.flatMap((step) => step.actions);
    expect(actions.indexOf("iam:EnableMFADevice")).toBeGreaterThanOrEqual(0);
    expect(actions.indexOf("iam:CreateAccessKey")).toBeGreaterThan(actions.indexOf("iam:EnableMFADevice"));
  });
});

test("every rolecall command on the page is one, with its options", async () => {
  const program = await createProgram(heard("/nowhere").context);
  const { steps, reach } = page();
  const copies = [...steps.flatMap(({ lines }) => lines), ...reach.map(({ command }) => ({ copy: command }))];
  const commands = copies.flatMap((line) => ("copy" in line && line.copy.startsWith("rolecall ") ? [line.copy] : []));
  expect(commands.length).toBeGreaterThanOrEqual(4);
  for (const text of commands) {
    const [, ...words] = (text.split(" -- ")[0] ?? "").split(" ");
    const found = words.reduce<CommandUnknownOpts>(
      (at, word) => at.commands.find((each) => each.name() === word) ?? at,
      program,
    );
    const options = words.filter((word) => word.startsWith("--"));
    expect([text, found === program]).toEqual([text, false]);
    expect(options.filter((option) => !found.options.some(({ long }) => long === option))).toEqual([]);
  }
});

test("the page says where to sign in, what the person can reach, how, and until when", () => {
  const { signInUrl, reach } = page();
  expect(signInUrl).toBe("https://example-users.signin.aws.amazon.com/console");
  expect(reach.map(({ account, tier, until }) => [account, tier, until])).toEqual([
    ["production", "operator", "2027-01-15, 00:00 UTC"],
    ["production", "spectator", undefined],
    ["testing", "operator", undefined],
  ]);
  expect(reach[0]).toMatchObject({
    consoleUrl:
      "https://signin.aws.amazon.com/switchrole?account=333333333333&roleName=rolecall/operator&displayName=production-operator",
    command: "rolecall exec production operator -- aws sts get-caller-identity",
    session: "at most 1 h; MFA sign-in no older than 12 h",
  });
});

test("how to get Rolecall is said before its first command, with the repository's address where there is one", () => {
  const texts = (checkout?: string) =>
    (welcome(sampleRoster(), "dev.two@example.org", NOW, { ...(checkout && { checkout }) })?.steps ?? []).flatMap(
      ({ lines }) => lines.map((line) => ("copy" in line ? line.copy : line.say)),
    );
  const own = texts("git@example.org:access.git; rm x");
  expect(own).toContain("git clone -- 'git@example.org:access.git; rm x'");
  expect(own.indexOf("npm ci")).toBeLessThan(own.findIndex((text) => text.startsWith("rolecall ")));
  expect(texts().some((text) => text.startsWith("git clone"))).toBe(false);
  expect(texts()).toContain(`alias rolecall="node '$PWD/bin/rolecall.js'"`);
});

test("without an alias the account's id leads there; nobody's name has no page; nobody's access is said to be none", () => {
  const { alias: _, ...userAccount } = sampleRoster().userAccount;
  expect(page(sampleRoster({ userAccount })).signInUrl).toBe("https://111111111111.signin.aws.amazon.com/console");
  expect(welcome(sampleRoster(), "nobody", NOW)).toBeUndefined();
  const alone = page(sampleRoster({ teams: [] }), "dev.one@example.org");
  expect(renderWelcomeHtml(alone)).toContain("<p>Nothing yet.</p>");
  expect(renderWelcomeMarkdown(alone)).toContain("Nothing yet.");
});

test("equal rosters give equal bytes", () => {
  expect(renderWelcomeHtml(page())).toBe(renderWelcomeHtml(page()));
  expect(renderWelcomeMarkdown(page())).toBe(renderWelcomeMarkdown(page()));
});

test("the policy lets in exactly the style and the script that are there, and nothing from anywhere", () => {
  const html = renderWelcomeHtml(page());
  const hashes = ["style", "script"].map((tag) => {
    const found = [...html.matchAll(new RegExp(`<${tag}>(.*?)</${tag}>`, "gs"))];
    expect(found).toHaveLength(1);
    return `${tag}-src 'sha256-${createHash("sha256")
      .update(found[0]?.[1] ?? "")
      .digest("base64")}'`;
  });
  expect(html).toContain(`content="default-src 'none'; ${hashes.join("; ")}; base-uri 'none'; form-action 'none'"`);
  expect(html).not.toMatch(/\b(src|srcset|action|on\w+|style)=/);
  expect(html).not.toMatch(/<(link|img|iframe|object|form|base)\b/);
});

describe("hostile text", () => {
  const evil = `</script><img src=x onerror=alert(1)> \`a\` [x](javascript:1) "'&|\u202e\n# h @all`;
  const roster = sampleRoster({ organization: evil });
  const { body, text } = (() => {
    const made = { ...page(roster, "dev.one@example.org", evil), person: evil };
    const hostile = {
      ...made,
      reach: made.reach.map((each) => ({ ...each, account: evil, tier: evil, command: evil, until: evil })),
      steps: [{ title: evil, lines: [{ say: evil }, { copy: `${evil}\`\`\`\`` }] }],
    };
    return { body: renderWelcomeHtml(hostile), text: renderWelcomeMarkdown(hostile) };
  })();

  test("is text in HTML", () => {
    expect(body).not.toContain("<img");
    expect(body.match(/<\/script>/g)).toHaveLength(1);
    expect(body).not.toContain("\u202e");
    expect(body).toContain("&#60;img src=x onerror=alert(1)&#62;");
  });

  test("is text in Markdown: no markup, no link, no mention, no line of its own", () => {
    const outsideCode = text.replace(WELCOME_MARK, "").replace(/^(`{3,})\n[\s\S]*?\n\1$/gm, "");
    expect(outsideCode).not.toMatch(/<|(?<!\\)\[|(?<!\\)`|@|\u202e/);
    expect(outsideCode.split("\n").filter((line) => line.startsWith("# "))).toHaveLength(1);
    expect(text).toContain("`````");
  });
});
