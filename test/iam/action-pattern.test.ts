import fc from "fast-check";
import { actionMatcher } from "../../modules/iam/action-pattern";

test.each<[string, string, boolean]>([
  ["ec2:Purchase*", "ec2:PurchaseHostReservation", true],
  ["ec2:purchase*", "EC2:PurchaseHostReservation", true],
  ["ec2:Purchase*", "ec2:ModifyHosts", false],
  ["eks:*ateAccess*", "eks:CreateAccessEntry", true],
  ["eks:*ateAccess*", "eks:DeleteAccessEntry", false],
  ["s3:Get?bject", "s3:GetObject", true],
  ["s3:Get?bject", "s3:Getbject", false],
  ["*", "s3:GetObject", true],
  ["s3:GetObject", "s3:GetObjectAcl", false],
  ["s3.GetObject", "s3:GetObject", false],
])("%s and %s: %s", (pattern, action, expected) => {
  expect(actionMatcher(pattern)(action)).toBe(expected);
});

test("agrees with a regular expression", () => {
  const short = (alphabet: string) => fc.string({ unit: fc.constantFrom(...alphabet), maxLength: 7 });
  fc.assert(
    fc.property(short("ab*?"), short("ab"), (pattern, text) => {
      const regex = new RegExp(`^${pattern.replaceAll("*", ".*").replaceAll("?", ".")}$`);
      expect(actionMatcher(pattern)(text)).toBe(regex.test(text));
    }),
  );
});

test("a pattern of many stars is no work", () => {
  expect(actionMatcher(`${"*a".repeat(2_000)}b`)("a".repeat(2_000))).toBe(false);
});
