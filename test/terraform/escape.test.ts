import fc from "fast-check";
import { escapeTemplate, someTemplate, unescapeTemplate } from "../../modules/terraform/read/escape";

const tricky = fc
  .array(fc.constantFrom("$", "%", "{", "}", "a", "${", "$${", "%{"), { maxLength: 12 })
  .map((parts) => parts.join(""));

test("escaping and back is the same text, and nothing escaped is a template", () => {
  fc.assert(
    fc.property(tricky, (text) => {
      expect(unescapeTemplate(escapeTemplate(text))).toBe(text);
      expect(someTemplate(escapeTemplate(text))).toBe(false);
    }),
    { numRuns: 2000 },
  );
});

test("an interpolation is a template, and no literal to unescape", () => {
  expect(someTemplate("${aws_iam_user.x.arn}")).toBe(true);
  expect(someTemplate("%{ if true }")).toBe(true);
  expect(() => unescapeTemplate("a ${b}")).toThrow("not a literal");
});
