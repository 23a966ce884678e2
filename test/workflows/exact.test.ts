import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { HOME } from "../support/run-command";
import { reduceWorkflow } from "./reduce";

const FOLDER = join(HOME, ".github/workflows");
const FILES = readdirSync(FOLDER).map((name) => [name, readFileSync(join(FOLDER, name), "utf8")] as const);

const expected = (name: string) =>
  readFileSync(join(__dirname, "expected", name.replace(/yml$/, "txt")), "utf8")
    .trimEnd()
    .split("\n");

/* Who changes a workflow says so twice: there, and here, where a reviewer sees every condition, right and command in a line. */
test.each(FILES)("%s is line by line what was agreed", (name, text) => {
  expect(reduceWorkflow(text)).toEqual(expected(name));
});

test.each([
  ["apply.yml", "environment: production", "environment: plan"],
  ["apply.yml", "    needs: plan\n", ""],
  ["apply.yml", "if: ${{ needs.plan.outputs.changes == 'true' }}", "if: ${{ always() }}"],
  ["apply.yml", "cancel-in-progress: false", "cancel-in-progress: true"],
  ["plan.yml", /if: .*default_branch.*/, "if: true"],
  ["plan.yml", "vars.READ_ROLE_NAME", "vars.READ_ROLE_NAME || 'RolecallDeploy'"],
  ["plan.yml", "path: ${{ runner.temp }}/plans/shown", "path: ${{ runner.temp }}/plans"],
  ["plan.yml", "npm ci --ignore-scripts", "npm ci"],
  ["review-comment.yml", "contents: read", "contents: write"],
  ["review-comment.yml", "actions: read", "actions: write"],
  ["review-comment.yml", "run: npm ci --ignore-scripts", "run: cd ../head && npm ci"],
  ["review-comment.yml", "working-directory: base", "working-directory: head"],
  ["review-comment.yml", "permissions: {}", "permissions: {}\nenv: { NODE_OPTIONS: --require=./head/x.js }"],
  ["pull-request.yml", "sh base/.github/scripts/sides.sh", "sh head/.github/scripts/sides.sh"],
  ["pull-request.yml", "        working-directory: base\n", ""],
  ["pull-request.yml", "needs: head", "continue-on-error: true"],
  ["pull-request.yml", "  review:\n", "  review:\n    container: node:20\n"],
] as const)("no change goes unseen: %s, %s becomes %j", (name, from, to) => {
  const text = readFileSync(join(FOLDER, name), "utf8");
  const changed = text.replace(from, to);
  expect(changed).not.toBe(text);
  expect(reduceWorkflow(changed)).not.toEqual(expected(name));
});
