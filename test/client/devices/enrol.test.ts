import { enrol } from "../../../modules/client/devices/enrol";
import { places } from "../../../modules/client/devices/names";
import type { DevicesPort, Screen } from "../../../modules/client/devices/ports";

const SEED = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP";
const serialOf = ({ path, name }: { path: string; name: string }) => `arn:aws:iam::111111111111:mfa${path}${name}`;

/** IAM with these names taken, and what is left in it. */
function iam(patch: Partial<DevicesPort> = {}, taken: readonly string[] = []) {
  const made = new Set<string>(taken);
  const enabled = new Set<string>();
  const port: DevicesPort = {
    list: async () => [...enabled].map((serial) => ({ serial })),
    unassigned: async () => [...made].filter((serial) => !enabled.has(serial)),
    create: async (place) => {
      const serial = serialOf(place);
      if (made.has(serial)) return undefined;
      made.add(serial);
      return { serial, seed: SEED };
    },
    enable: async (serial) => {
      enabled.add(serial);
      return "enabled";
    },
    deactivate: async (serial) => void enabled.delete(serial),
    remove: async (serial) => void made.delete(serial),
    ...patch,
  };
  return { port, made, enabled };
}

/** A person who answers so, and then presses Ctrl-C; the screen shows the seed or not. */
function person(...answers: readonly string[]) {
  const said: string[] = [];
  const left = [...answers];
  const state = { seedOnScreen: false, asked: 0 };
  const screen: Screen = {
    say: (line) => void said.push(line),
    showSeed: () => {
      state.seedOnScreen = true;
    },
    hideSeed: () => {
      state.seedOnScreen = false;
    },
    ask: async () => {
      expect(state.seedOnScreen).toBe(true);
      state.asked += 1;
      return left.shift();
    },
  };
  return { screen, said, state };
}

const now = () => 0;
const ANN = serialOf({ path: "/", name: "ann" });

test("two codes that follow each other enable the device", async () => {
  const codes: string[] = [];
  const { port, enabled } = iam();
  const { screen, said, state } = person("123 456", "654321");
  const enable: DevicesPort["enable"] = (serial, first, second) => {
    codes.push(first, second);
    return port.enable(serial, first, second);
  };
  expect(await enrol({ ...port, enable }, screen, places("ann"), now)).toEqual({
    kind: "enrolled",
    serial: ANN,
    seed: SEED,
  });
  expect([codes, [...enabled], state.seedOnScreen]).toEqual([["123456", "654321"], [ANN], false]);
  expect(said.join()).not.toContain(SEED);
});

test("the same code twice, and what is no code, are asked again", async () => {
  const { screen, said, state } = person("12345", "abcdef", "１２３４５６", "123456", "123456", "654321");
  expect(await enrol(iam().port, screen, places("ann"), now)).toMatchObject({ kind: "enrolled" });
  expect(state.asked).toBe(6);
  expect(said.filter((line) => line.includes("six digits"))).toHaveLength(3);
  expect(said.filter((line) => line.includes("first code again"))).toHaveLength(1);
});

test("a taken name leads to the next one", async () => {
  const result = await enrol(iam({}, [ANN]).port, person("123456", "654321").screen, places("ann"), now);
  expect(result).toMatchObject({ kind: "enrolled", serial: "arn:aws:iam::111111111111:mfa/ann/ann-2" });
});

test("all names taken: nothing is made, and the message says what to do", async () => {
  const all = places("ann").map(serialOf);
  await expect(enrol(iam({}, all).port, person().screen, places("ann"), now)).rejects.toThrow(
    "give another name with --name",
  );
});

test.each<[string, readonly string[]]>([
  ["Ctrl-C at the first question", []],
  ["Ctrl-C at the second", ["123456"]],
])("%s: the device is removed again", async (_, answers) => {
  const { port, made } = iam();
  const { screen, state } = person(...answers);
  expect(await enrol(port, screen, places("ann"), now)).toEqual({ kind: "not-enrolled", reason: "stopped" });
  expect([made.size, state.seedOnScreen]).toEqual([0, false]);
});

test("wrong codes: three tries with the same device, then it is removed", async () => {
  let tries = 0;
  const { port, made } = iam({
    enable: async () => {
      tries += 1;
      return "wrong-codes";
    },
  });
  const answers = Array.from({ length: 3 }, () => ["123456", "654321"]).flat();
  expect(await enrol(port, person(...answers).screen, places("ann"), now)).toMatchObject({ kind: "not-enrolled" });
  expect([tries, made.size]).toEqual([3, 0]);
});

test("without MFA IAM does not let the person remove it: what is left is named", async () => {
  const { port } = iam({ remove: () => Promise.reject(new Error("AccessDenied")) });
  expect(await enrol(port, person().screen, places("ann"), now)).toEqual({
    kind: "not-enrolled",
    reason: "stopped",
    leftover: ANN,
  });
});

describe("enabling fails", () => {
  const offline = () => Promise.reject(new Error("offline"));

  test("and was not carried out: removed", async () => {
    const { port, made } = iam({ enable: offline });
    expect(await enrol(port, person("123456", "654321").screen, places("ann"), now)).toEqual({
      kind: "not-enrolled",
      reason: "offline",
    });
    expect(made.size).toBe(0);
  });

  test("after it was carried out: enrolled", async () => {
    const { port, enabled } = iam();
    const enable = async (serial: string) => {
      enabled.add(serial);
      return offline();
    };
    expect(await enrol({ ...port, enable }, person("123456", "654321").screen, places("ann"), now)).toMatchObject({
      kind: "enrolled",
    });
  });

  test("and nothing tells whether it was carried out: left alone", async () => {
    const { port, made } = iam({ enable: offline, list: offline });
    const result = await enrol(port, person("123456", "654321").screen, places("ann"), now);
    expect(result).toEqual({ kind: "unknown", reason: "offline", serial: ANN });
    expect([...made]).toEqual([ANN]);
  });
});
