import * as fc from "fast-check";
import { compareNaturally } from "../modules/text";

test("people read testing-2 before testing-10", () => {
  const names = ["testing-10", "testing-2", "testing", "b1a", "b01", "b1", "a10b2", "a9b10", "a9b2"];
  expect([...names].sort(compareNaturally)).toEqual([
    "a9b2",
    "a9b10",
    "a10b2",
    "b01",
    "b1",
    "b1a",
    "testing",
    "testing-2",
    "testing-10",
  ]);
});

test("it is an order: of two different names one is first, and the firsts of firsts are first", () => {
  const name = fc.stringMatching(/^[ab0-2-]{0,6}$/);
  fc.assert(
    fc.property(name, name, name, (a, b, c) => {
      expect(Math.sign(compareNaturally(a, b))).toEqual(0 - Math.sign(compareNaturally(b, a)));
      expect(compareNaturally(a, b) === 0).toBe(a === b);
      if (compareNaturally(a, b) < 0 && compareNaturally(b, c) < 0) expect(compareNaturally(a, c)).toBeLessThan(0);
    }),
  );
});
