import { explainFailure } from "../../modules/terraform/run/failure";
import CASES from "./cases/locks.json";

/** As Terraform frames it in a log. */
const framed = (lines: readonly string[]) => ["╷", ...lines.map((line) => `│ ${line}`), "╵", ""].join("\n");

test.each(CASES)("$name", ({ log, says }) => {
  const told = explainFailure(framed(log), { name: "testing", folder: "/stacks/testing" } as never);
  const locked = told.filter((line) => line.includes("locked"));
  expect(locked.filter((line) => !line.startsWith("Error: "))).toEqual(says === undefined ? [] : [says]);
  expect(told.at(-1)).toMatch(/^Error: Error acquiring the state lock: Error message: /);
});
