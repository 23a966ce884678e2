import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { compilePolicy } from "../../modules/evaluator/policy";

const DIRECTORY = join(__dirname, "../../modules/iam/managed-policies");

test.each(readdirSync(DIRECTORY))("AWS stores %s, so no part of it is refused", (file) => {
  const { document } = JSON.parse(readFileSync(join(DIRECTORY, file), "utf8")) as { readonly document: unknown };
  const { statements, refusals } = compilePolicy(file, document);
  const [{ by = new Map() } = {}] = refusals;
  expect([by.get("identity"), by.get("boundary")]).toEqual([undefined, undefined]);
  const problems = statements.map(({ problem, actions }) => [problem, actions?.problems]);
  expect(problems).toEqual(statements.map(() => [undefined, []]));
});
