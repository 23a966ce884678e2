import { reviewedActions, unclassifiedActions } from "../../modules/tiers/unclassified";
import reviewed from "../../modules/tiers/reviewed.json";
import { CATALOGUE } from "./catalogue";

test("every action that looks like a purchase or an escalation is denied, or was reviewed (npm run unclassified)", () => {
  expect(unclassifiedActions(CATALOGUE)).toEqual([]);
});

test("nothing is reviewed twice, without a reason, or without need", () => {
  const actions = reviewedActions();
  expect([...new Set(actions)]).toHaveLength(actions.length);
  expect(reviewed.groups.filter(({ reason }) => reason === "")).toEqual([]);
  const looksBad = new Set(unclassifiedActions(CATALOGUE, []));
  expect(actions.filter((action) => !looksBad.has(action))).toEqual([]);
});

test("a new purchase is noticed", () => {
  const added = [
    { name: "quantum:PurchaseAnything", level: "W" },
    { name: "quantum:ListPurchases", level: "L" },
    { name: "ec2:PurchaseAnything", level: "W" },
  ] as const;
  expect(unclassifiedActions(added)).toEqual(["quantum:PurchaseAnything"]);
});
