import {
  type Device,
  givesCodes,
  isDeletable,
  deviceKindOf,
  deviceNameOf,
} from "../../../modules/client/devices/device";
import { nameProblem, places } from "../../../modules/client/devices/names";
import { isSeed, otpauthUri, seedForTyping } from "../../../modules/client/devices/otpauth";
import { drawMatrix, qrMatrix } from "../../../modules/client/devices/qr-code";
import { planRemoval, type RemovalQuestion } from "../../../modules/client/devices/remove";
import { selfService } from "../../../modules/tiers/self-service";

const ACCOUNT = "111111111111";
const ANN = `arn:aws:iam::${ACCOUNT}:mfa/ann`;
const PASSKEY = `arn:aws:iam::${ACCOUNT}:u2f/user/ann/laptop-ABCDEF`;

test.each([
  [ANN, "virtual", "ann", true],
  [`arn:aws:iam::${ACCOUNT}:mfa/ann/phone`, "virtual", "phone", true],
  [PASSKEY, "passkey", "laptop-ABCDEF", false],
  ["GAHT12345678", "hardware", "GAHT12345678", true],
  ["\u001b[31m", "unknown", "\u001b[31m", false],
])("%j is a %s device called %j", (serial, kind, name, codes) => {
  expect([deviceKindOf(serial), deviceNameOf(serial), givesCodes(serial)]).toEqual([kind, name, codes]);
});

test("every place a device is made at is one that the person may delete it from", () => {
  const statement = selfService({ partition: "aws", id: ACCOUNT }).Statement.find(
    ({ Sid }) => Sid === "DeleteOwnMfaDevice",
  );
  const allowed = [statement?.Resource ?? []].flat().map((arn) => arn.replaceAll("${aws:username}", "ann"));
  for (const wished of [undefined, "ann", "phone"])
    for (const { path, name } of places("ann", wished)) {
      const serial = `arn:aws:iam::${ACCOUNT}:mfa${path}${name}`;
      expect(allowed.some((arn) => arn === serial || (arn.endsWith("/*") && serial.startsWith(arn.slice(0, -1))))).toBe(
        true,
      );
      expect(isDeletable(serial, ACCOUNT, "ann")).toBe(true);
    }
  for (const foreign of ["mfa/anna", "mfa/bob", "mfa/bob/ann", "mfa/an"])
    expect(isDeletable(`arn:aws:iam::${ACCOUNT}:${foreign}`, ACCOUNT, "ann")).toBe(false);
});

test("the first place is the person's own name, then numbered ones, never the same twice", () => {
  const all = places("ann").map(({ path, name }) => path + name);
  expect(all.slice(0, 3)).toEqual(["/ann", "/ann/ann-2", "/ann/ann-3"]);
  expect(places("ann", "phone")[0]).toEqual({ path: "/ann/", name: "phone" });
  expect(new Set(all).size).toBe(all.length);
});

test.each(["", "my phone", "a/b", "ann\n", "x".repeat(257), "ü"])("a device cannot be called %j", (name) => {
  expect(nameProblem("ann", name)).toContain("invalid device name");
});

test("the longest name still makes a serial number that IAM takes", () => {
  const user = "u".repeat(64);
  const longest = Array.from({ length: 256 }, (_, i) => "n".repeat(256 - i)).find(
    (name) => nameProblem(user, name) === undefined,
  );
  const serials = places(user, longest).map(({ path, name }) => `arn:aws-us-gov:iam::${ACCOUNT}:mfa${path}${name}`);
  expect(Math.max(...serials.map(({ length }) => length))).toBe(256);
});

test("the QR code's text is the URI that authenticator apps read", () => {
  const uri = otpauthUri({ issuer: "AWS a:b & c", user: "ann+x@example.org", accountId: ACCOUNT }, "JBSWY3DPEHPK3PXP");
  expect(uri).toBe(
    "otpauth://totp/AWS%20a%20b%20%26%20c:ann%2Bx@example.org@111111111111?secret=JBSWY3DPEHPK3PXP&issuer=AWS%20a%20b%20%26%20c",
  );
  const { hostname, pathname, searchParams } = new URL(uri);
  expect([hostname, decodeURIComponent(pathname)]).toEqual(["totp", "/AWS a b & c:ann+x@example.org@111111111111"]);
  expect(Object.fromEntries(searchParams)).toEqual({ secret: "JBSWY3DPEHPK3PXP", issuer: "AWS a b & c" });
});

test("a seed is Base32, and typed in groups", () => {
  expect(isSeed("JBSWY3DPEHPK3PXP")).toBe(true);
  for (const text of ["", "jbswy3dpehpk3pxp", "JBSWY3DPEHPK3PX1", "JBSWY3DPEHPK3PXP\n"])
    expect(isSeed(text)).toBe(false);
  expect(seedForTyping("JBSWY3DPEHPK3PXP")).toBe("JBSW Y3DP EHPK 3PXP");
});

test.each([
  [true, false],
  [false, false],
  [false, true],
])("what is drawn is the matrix, module for module (colours %s, turned %s)", (colours, turned) => {
  const matrix = qrMatrix("otpauth://totp/x?secret=JBSWY3DPEHPK3PXP");
  const read = drawMatrix(matrix, colours, turned).flatMap((line) => {
    const cells = [...line.replace(/\u001b\[[0-9;]*m/g, "")];
    const light = (on: string) => cells.map((cell) => on.includes(cell) === turned);
    return [light("\u2588\u2580"), light("\u2588\u2584")];
  });
  // An odd height ends with a half line; nothing is drawn there, and a light border above it.
  expect(read.slice(0, matrix.length)).toEqual(matrix);
  expect(matrix.length).toBe(matrix[0]?.length);
});

const own: RemovalQuestion = { wanted: "", user: "ann", accountId: ACCOUNT, devices: [], unassigned: [], last: false };
const device = (serial: string): Device => ({ serial });
const phone = `${ANN}/phone`;

test.each<[string, Partial<RemovalQuestion>, object]>([
  [
    "by name",
    { wanted: "phone", devices: [device(ANN), device(phone)] },
    { serial: phone, deactivate: true, delete: true, warnings: [] },
  ],
  [
    "by serial",
    { wanted: ANN, devices: [device(ANN), device(phone)] },
    { serial: ANN, deactivate: true, delete: true, warnings: [] },
  ],
  [
    "half removed",
    { wanted: "phone", devices: [device(ANN)], unassigned: [phone] },
    { serial: phone, deactivate: false, delete: true, warnings: [] },
  ],
  [
    "the last, meant so",
    { wanted: "ann", devices: [device(ANN)], last: true },
    { serial: ANN, warnings: [expect.stringContaining("your last device")] },
  ],
  [
    "all but a passkey",
    { wanted: "ann", devices: [device(ANN), device(PASSKEY)] },
    { warnings: [expect.stringContaining("only passkeys remain")] },
  ],
  ["a passkey", { wanted: PASSKEY, devices: [device(ANN), device(PASSKEY)] }, { deactivate: true, delete: false }],
  [
    "made in the console",
    { wanted: "anns-phone", devices: [device(ANN), device(`arn:aws:iam::${ACCOUNT}:mfa/anns-phone`)] },
    { warnings: [expect.stringContaining("named after you")] },
  ],
])("removing one %s", (_, patch, removal) => {
  expect(planRemoval({ ...own, ...patch })).toMatchObject({ kind: "removal", removal });
});

test.each<[string, Partial<RemovalQuestion>, string]>([
  ["the last one", { wanted: "ann", devices: [device(ANN)] }, "it is the last device"],
  ["one that is not there", { wanted: "phnoe", devices: [device(phone)] }, 'did you mean "phone"?'],
  [
    "one of nobody's",
    { wanted: "bob", devices: [device(ANN)], unassigned: [`arn:aws:iam::${ACCOUNT}:mfa/bob`] },
    "not assigned to a user",
  ],
  [
    "two of one name",
    { wanted: "x", devices: [device(`${ANN}/x`), device(`arn:aws:iam::${ACCOUNT}:mfa/x`)] },
    "give the serial number",
  ],
  ["a hostile name", { wanted: "\u001b[2J", devices: [] }, "\\u{1b}"],
])("%s is refused with a reason", (_, patch, reason) => {
  expect(planRemoval({ ...own, ...patch })).toEqual({ kind: "refused", reason: expect.stringContaining(reason) });
});
