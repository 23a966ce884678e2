import { normalDocument } from "../../../modules/review/documents/normal-document";

const ROOT = "arn:aws:iam::111111111111:root";
const allow = (patch: object) => ({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "a:b", ...patch }] });

test.each<[string, unknown, unknown]>([
  ["one value as a list", allow({ Action: "a:b" }), allow({ Action: ["a:b"] })],
  ["the order of actions, and one twice", allow({ Action: ["a:b", "c:d"] }), allow({ Action: ["c:d", "a:b", "c:d"] })],
  ["one statement as a list", allow({}), { Version: "2012-10-17", Statement: { Effect: "Allow", Action: "a:b" } }],
  ["an account and its root", allow({ Principal: { AWS: "111111111111" } }), allow({ Principal: { AWS: [ROOT] } })],
  ["everybody", allow({ Principal: "*" }), allow({ Principal: { AWS: ["*"] } })],
  ["an empty statement id", allow({ Sid: "" }), allow({})],
  ["true and its text", allow({ Condition: { Bool: { k: true } } }), allow({ Condition: { Bool: { k: ["true"] } } })],
  ["the order of keys", { Statement: [], Version: "2012-10-17" }, { Version: "2012-10-17", Statement: [] }],
])("%s makes no difference", (_what, one, other) => {
  expect(normalDocument(one)).toBe(normalDocument(other));
});

test.each<[string, unknown, unknown]>([
  ["another action", allow({}), allow({ Action: "a:c" })],
  [
    "an account and one of its users",
    allow({ Principal: { AWS: ROOT } }),
    allow({ Principal: { AWS: "AIDAEXAMPLE" } }),
  ],
  ["a value twice over", allow({ Condition: { Bool: { k: "true" } } }), allow({ Condition: { Bool: { k: "false" } } })],
  ["not and the thing itself", allow({ Action: "a:b" }), { Statement: [{ Effect: "Allow", NotAction: "a:b" }] }],
  ["an id of twelve digits as a resource", allow({ Resource: "111111111111" }), allow({ Resource: ROOT })],
  ["no document", undefined, allow({})],
  ["a document as text", JSON.stringify(allow({})), allow({})],
  ["an empty list and no list", allow({ Resource: [] }), allow({})],
])("%s makes a difference", (_what, one, other) => {
  expect(normalDocument(one)).not.toBe(normalDocument(other));
});

test("it is the document still", () => {
  const document = {
    Version: "2012-10-17",
    Statement: [allow({}).Statement[0], { Effect: "Deny", Action: ["c:d", "a:b"] }],
  };
  expect(JSON.parse(normalDocument(document))).toEqual({
    Version: "2012-10-17",
    Statement: [
      { Action: "a:b", Effect: "Allow" },
      { Action: ["a:b", "c:d"], Effect: "Deny" },
    ],
  });
});
