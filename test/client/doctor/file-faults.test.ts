import fc from "fast-check";
import { fileFaults } from "../../../modules/client/doctor/file-faults";
import { anyFile } from "../aws-files/generated";
import cases from "./file-faults.json";

const textOf = (config: string, credentials: string) =>
  fileFaults({ config, credentials }).map(({ status, found }) => `${status} ${found}`);

test.each(cases)("$name", ({ config, credentials, found }) => {
  const said = textOf(config, credentials);
  if (found.length === 0)
    expect(said).toEqual(config.includes("REGION") ? [expect.stringContaining("not by the JavaScript SDK")] : []);
  for (const each of found) expect(said).toEqual(expect.arrayContaining([expect.stringContaining(each)]));
});

test("no value is told, whatever the files hold", () => {
  fc.assert(
    fc.property(anyFile, (text) => {
      const secret = text.replaceAll(/([=:]\s*)(1|2|a=b)$/gm, "$1SECRET");
      for (const each of textOf(secret, secret)) expect(each).not.toContain("SECRET");
    }),
    { numRuns: 500, seed: 7 },
  );
});
