import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  forgetUnfinished,
  leaveUnfinished,
  readUnfinished,
  rememberUnfinished,
  unfinishedCreations,
} from "../../modules/terraform/run/unfinished";

const CUT_OFF = `
aws_iam_group.done: Creating...
aws_iam_user.begun: Creating...
aws_iam_role.cancelled: Creating...
aws_iam_role.theirs: Creating...
aws_iam_policy.changed: Modifying... [id=x]
aws_iam_group.done: Creation complete after 0s [id=done]

Error: creating IAM Role (cancelled): operation error IAM: CreateRole, context canceled

  with aws_iam_role.cancelled,
  on cdk.tf.json line 5, in resource.aws_iam_role.cancelled:

Error: creating IAM Role (theirs): operation error IAM: CreateRole, EntityAlreadyExists

  with aws_iam_role.theirs,
  on cdk.tf.json line 9, in resource.aws_iam_role.theirs:
`;

test("what AWS refused is settled; what it did not answer is not, nor what may not have reached the state", () => {
  expect(unfinishedCreations(CUT_OFF)).toEqual(["aws_iam_group.done", "aws_iam_user.begun", "aws_iam_role.cancelled"]);
  expect(unfinishedCreations("")).toEqual([]);
});

describe("the note for the next apply", () => {
  const stack = { name: "a", folder: mkdtempSync(join(tmpdir(), "rolecall-unfinished-")) };
  afterAll(() => rmSync(stack.folder, { recursive: true, force: true }));
  afterEach(() => forgetUnfinished(stack));

  test("gathers until it is used, each address once", () => {
    expect(readUnfinished(stack)).toEqual({ known: true, value: [] });
    rememberUnfinished(stack, ["aws_iam_user.a"]);
    rememberUnfinished(stack, ["aws_iam_user.b", "aws_iam_user.a"]);
    expect(readUnfinished(stack)).toEqual({ known: true, value: ["aws_iam_user.a", "aws_iam_user.b"] });
    leaveUnfinished(stack, ["aws_iam_user.b"]);
    expect(readUnfinished(stack)).toEqual({ known: true, value: ["aws_iam_user.b"] });
    leaveUnfinished(stack, []);
    expect(readdirSync(stack.folder)).toEqual([]);
  });

  test.each(["", "{", '{"a":1}', '[1, null, "aws_iam_user.a; rm", "-lock=false", "../x.y"]'])(
    "that says nothing readable does not say that there is nothing, and is kept: %j",
    (text) => {
      const file = join(stack.folder, "unfinished.json");
      writeFileSync(file, text);
      expect(readUnfinished(stack)).toMatchObject({ known: false, reason: expect.stringContaining("look in AWS") });
      rememberUnfinished(stack, ["aws_iam_user.a"]);
      expect(readFileSync(file, "utf8")).toBe(text);
    },
  );
});
