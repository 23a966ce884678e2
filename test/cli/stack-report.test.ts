import { renderStacks } from "../../modules/cli/stacks/render-stacks";
import type { StackReport } from "../../modules/cli/stacks/stack-report";

const failed = (stack: string, ...errors: string[]): StackReport => ({
  ...{ stack, outcome: "failed", accounts: [], errors, log: `${stack}.log`, add: 0, change: 0, destroy: 0 },
});

test("what went wrong in several stacks alike is said once, with all their names; what is one's own stays there", () => {
  const denied = (id: string) => `Error: no valid credential sources: RequestID: ${id}, expired`;
  const text = renderStacks(
    [
      failed("production", denied("1a-2b"), "Error: only here"),
      failed("testing", denied("3c-4d")),
      failed("user", denied("5e-6f")),
    ],
    false,
  );
  expect(text).toBe(`\
stack production: failed
  Error: only here
  full text: production.log
stack testing: failed
  full text: testing.log
stack user: failed
  full text: user.log
production, testing, user: Error: no valid credential sources: RequestID: 1a-2b, expired
`);
});

test("one stack that says the same twice shares it with nobody", () => {
  expect(renderStacks([failed("user", "Error: a", "Error: a")], false)).toBe(
    "stack user: failed\n  Error: a\n  Error: a\n  full text: user.log\n",
  );
});
