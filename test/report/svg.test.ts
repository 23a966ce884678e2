import { readFileSync } from "node:fs";
import { join } from "node:path";
import { drawExample } from "../../scripts/picture";
import { pageColours } from "../../modules/cli/roster/page-assets";
import { createContext } from "../../modules/machine/create-context";
import { renderPage } from "../../modules/report/html/document";
import { buildPicture } from "../../modules/report/picture/build";
import { renderSvg } from "../../modules/report/svg";
import { HOME } from "../support/run-command";
import { sampleAccount, sampleGrant, samplePerson, sampleRoster } from "../support/sample-roster";
import { NOW } from "../support/synth";
import { HOSTILE } from "./rosters";

test("docs/access.svg is the picture of the example; npm run picture makes it anew", async () => {
  const context = { ...createContext(process), home: HOME };
  expect(readFileSync(join(HOME, "docs/access.svg"), "utf8")).toBe(await drawExample(context));
});

test("it says in words what it shows", async () => {
  const svg = renderSvg(buildPicture(sampleRoster(), NOW), pageColours(HOME));
  expect(svg).toContain("<title id=");
  expect(svg).toContain(
    "dev.two@example.org: operator in testing; operator until 2027-01-15, spectator in production. senior.one",
  );
  expect([...svg.matchAll(/<text class="letter[^>]*>([AOS])/g)].map(([, letter]) => letter).join("")).toBe("OSOOAA");
});

test("hostile names are text, and no access and no account at all can be drawn", () => {
  const people = HOSTILE.map((key) => samplePerson(key, []));
  const accounts = [sampleAccount("</text><script>", "222222222222")];
  const svg = renderSvg(buildPicture(sampleRoster({ people, accounts, teams: [] }), NOW), pageColours(HOME));
  expect(svg).not.toMatch(/<(script|img|\/style><\/table)/);
  const empty = renderSvg(buildPicture(sampleRoster({ people: [], accounts: [], teams: [] }), NOW), "");
  expect(empty).not.toMatch(/NaN|Infinity|undefined/);
});

test("a ring is of what ends by itself, a dot of what does not, as on the page", () => {
  const drawn = (until?: string) => {
    const people = [samplePerson("ann", [], [sampleGrant("testing", "operator", until)])];
    const picture = buildPicture(sampleRoster({ people, teams: [] }), NOW);
    const page = renderPage(picture, { style: "", script: "" });
    const circles = renderSvg(picture, "").match(/<circle class="[^ ]*/g);
    return [circles, /<td[^>]*data-t="O"><b class="([^"]*)"/.exec(page)?.[1]];
  };
  expect(drawn("2027-01-15T00:00:00Z")).toEqual([['<circle class="ends'], "to own ends"]);
  expect(drawn()).toEqual([['<circle class="stays'], "to own"]);
});
