import { readOtherwise, refusals } from "../../../modules/client/profiles/alike";

const BLOCK = "[profile testing]\nregion = x\ncredential_process = a 'b c' d\n";

test.each([
  ["an empty file", "", "", undefined],
  ["other profiles", "[default]\nregion = y\n[profile a]\n", "[default]\naws_access_key_id = A\n", undefined],
  ["settings for every profile", "[DEFAULT]\nrole_arn = r\n", "", "the aws client would not read the settings"],
  ["the same in the credentials file, which has none of ours", "", "[DEFAULT]\naws_access_key_id = A\n", undefined],
  ["keys of the same name", "", "[testing]\naws_access_key_id = A\n", "the aws client would not read the settings"],
  [
    "a name that only the SDK takes for ours",
    "[profile.testing]\nrole_arn = r\n",
    "",
    "the JavaScript SDK would not read the settings",
  ],
  [
    "a name that only Terraform takes for ours",
    "[ profile testing ]\nrole_arn = r\n",
    "",
    "Terraform would not read the settings",
  ],
])("written below %s", (_, config, credentials, problem) => {
  const said = readOtherwise(BLOCK, { config: `${config}${BLOCK}`, credentials }, ["testing"]);
  if (problem === undefined) expect(said).toBeUndefined();
  else expect(said).toContain(problem);
});

test.each([
  ["[profile 'a b']\nregion = x\n", "a b"],
  ["[profile a]\nregion = x # y\n", "a"],
  ["[profile a]\nregion: x\n", "a"],
  ['[profile a]\ncredential_process = "/a b/c" "d e"\n', "a"],
])("%j is not written: clients differ", (block, name) => {
  expect(readOtherwise(block, { config: block, credentials: "" }, [name])).toContain(
    "clients would read these profiles differently",
  );
});

test("a file that a client refuses is named with its line and who refuses it", () => {
  expect(refusals({ config: "[a]\n[a]\n", credentials: "x = 1\n" })).toEqual([
    expect.stringMatching(/^config:2 repeats the section of line 1, so the aws client would read none/),
    expect.stringMatching(/^credentials:1 is above the first section, so the aws client/),
  ]);
  expect(refusals({ config: "[a]\nx = 1\n", credentials: "" })).toEqual([]);
});
