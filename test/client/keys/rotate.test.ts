import type { Journal } from "../../../modules/client/keys/journal";
import type { AccessKey, KeyPair } from "../../../modules/client/keys/key";
import { rotate } from "../../../modules/client/keys/rotate";
import type { Rotated, Rotation } from "../../../modules/client/keys/rotation";

/** The process ends here, as after `kill -9`. */
class Killed extends Error {}

/** IAM, the credentials file and the journal of one person, which outlive the processes that use them. */
class World {
  readonly secrets = new Map<string, string>();
  readonly active = new Map<string, boolean>();
  file: KeyPair;
  journal: Journal | undefined;
  readonly said: string[] = [];
  made = 0;
  calls = 0;
  /** Number of the call that kills, and whether it is carried out first. */
  kill: { at: number; carriedOut: boolean } | undefined;

  constructor(ids: readonly string[] = ["OLD"]) {
    for (const id of ids) this.give(id);
    this.file = this.pair("OLD");
  }

  give(id: string): void {
    this.secrets.set(id, `secret-of-${id}`);
    this.active.set(id, true);
  }

  keep(journal: Journal | undefined): void {
    this.journal = journal;
  }

  pair(id: string): KeyPair {
    return { id, secret: this.secrets.get(id) ?? "" };
  }

  /** Everything that reaches the world goes through here, so that a run can end before and after each of it. */
  call<T>(effect: () => T): T {
    this.calls += 1;
    const dies = this.kill?.at === this.calls;
    if (dies && !this.kill?.carriedOut) throw new Killed();
    const result = effect();
    expect(this.active.get(this.file.id)).toBe(true);
    expect(this.secrets.get(this.file.id)).toBe(this.file.secret);
    expect(JSON.stringify([this.journal, this.said])).not.toContain("secret-of");
    if (dies) throw new Killed();
    return result;
  }

  private readonly later = async <T>(effect: () => T): Promise<T> => this.call(effect);

  /** What IAM answers. */
  private keys(): Rotation["keys"] {
    return {
      list: () =>
        this.later(() =>
          [...this.active].map(([id, active]): AccessKey => ({ id, active, created: "2026-01-01T00:00:00.000Z" })),
        ),
      create: () =>
        this.later(() => {
          if (this.active.size >= 2) throw new Error("LimitExceeded");
          this.made += 1;
          this.give(`NEW${this.made}`);
          return this.pair(`NEW${this.made}`);
        }),
      deactivate: (id) => this.later(() => void this.active.set(id, false)),
      remove: (id) => this.later(() => void this.active.delete(id)),
      works: ({ id, secret }) => this.later(() => this.active.get(id) === true && this.secrets.get(id) === secret),
    };
  }

  rotation(patch: Partial<Rotation> = {}): Rotation {
    return {
      keys: this.keys(),
      file: {
        read: () => this.file,
        replace: (before, next) =>
          this.call(() => {
            if (this.file !== before) throw new Error("changed meanwhile");
            this.file = next;
          }),
      },
      journal: {
        read: () => this.journal,
        write: (journal) => this.call(() => this.keep(journal)),
        clear: () => this.call(() => this.keep(undefined)),
      },
      place: { file: "/home/ann/.aws/credentials", profile: "default" },
      say: (line) => this.said.push(line),
      wait: async () => undefined,
      stopped: () => false,
      mayDelete: async () => true,
      mayDeleteUnused: async () => true,
      ...patch,
    };
  }
}

test("a new key in the file, the old one gone, nothing remembered", async () => {
  const world = new World();
  expect(await rotate(world.rotation())).toEqual({ kind: "done", now: "NEW1" });
  expect([[...world.active], world.file.id, world.journal]).toEqual([[["NEW1", true]], "NEW1", undefined]);
});

const CALLS = 14;

describe.each([false, true])("killed, the call carried out: %s", (carriedOut) => {
  test.each(Array.from({ length: CALLS }, (_, i) => i + 1))("at call %i: the next run ends it", async (at) => {
    const world = new World();
    world.kill = { at, carriedOut };
    await rotate(world.rotation()).catch((error: unknown) => {
      if (!(error instanceof Killed)) throw error;
    });
    world.kill = undefined;
    const again = await rotate(world.rotation());
    expect(again).toEqual({ kind: "done", now: world.file.id });
    expect(world.active.size).toBe(1);
    expect(world.journal).toBeUndefined();
    expect(world.made).toBeLessThanOrEqual(2);
  });
});

test("the calls tried above are all there are", async () => {
  const world = new World();
  await rotate(world.rotation());
  expect(world.calls).toBeLessThanOrEqual(CALLS);
});

test.each(Array.from({ length: CALLS }, (_, i) => i + 1))(
  "asked to stop before call %i: a key works, and it goes on",
  async (at) => {
    const world = new World();
    const first = await rotate(world.rotation({ stopped: () => world.calls >= at }));
    expect(["done", "not-done"]).toContain(first.kind);
    expect(await rotate(world.rotation())).toMatchObject({ kind: "done" });
    expect(world.active.size).toBe(1);
  },
);

test.each<[string, Partial<Rotation["keys"]>]>([
  ["AWS never takes the new key", { works: async () => false }],
  ["AWS is gone while the key is tried", { works: () => Promise.reject(new Error("offline")) }],
])("%s: the new key goes again, the old one stays", async (_, patch) => {
  const world = new World();
  const rotation = world.rotation();
  const result = await rotate({ ...rotation, keys: { ...rotation.keys, ...patch } });
  expect(result).toMatchObject({ kind: "not-done", reason: expect.stringContaining("the old one stays as it was") });
  expect([[...world.active], world.file.id, world.journal]).toEqual([[["OLD", true]], "OLD", undefined]);
});

test("a file that cannot be written: the new key goes again", async () => {
  const world = new World();
  const rotation = world.rotation();
  const replace = () => {
    throw new Error("read-only file system");
  };
  const result = await rotate({ ...rotation, file: { ...rotation.file, replace } });
  expect(result).toMatchObject({ kind: "not-done", reason: expect.stringContaining("read-only file system") });
  expect([...world.active.keys()]).toEqual(["OLD"]);
});

test("a switch that failed after it was done is taken as done", async () => {
  const world = new World();
  const rotation = world.rotation();
  const replace = (before: KeyPair, next: KeyPair) => {
    rotation.file.replace(before, next);
    throw new Error("no answer");
  };
  expect(await rotate({ ...rotation, file: { ...rotation.file, replace } })).toEqual({ kind: "done", now: "NEW1" });
});

test("lists that lag behind: no step is taken twice", async () => {
  const world = new World();
  const rotation = world.rotation();
  const lists: (readonly AccessKey[])[] = [];
  const list = async () => {
    lists.push(await rotation.keys.list());
    return lists[Math.max(0, lists.length - 3)] ?? [];
  };
  let asked = 0;
  const mayDelete = async () => {
    asked += 1;
    return true;
  };
  expect(await rotate({ ...rotation, keys: { ...rotation.keys, list }, mayDelete })).toEqual({
    kind: "done",
    now: "NEW1",
  });
  expect([world.made, asked]).toEqual([1, 1]);
});

test.each<[string, Partial<Rotation>, Rotated["kind"], readonly string[]]>([
  ["kept", { mayDeleteUnused: async () => false }, "not-done", ["OLD", "OTHER"]],
  ["deleted", {}, "done", ["NEW1"]],
])("a second key nobody knows of is %s", async (_, patch, kind, left) => {
  const world = new World(["OLD", "OTHER"]);
  expect(await rotate(world.rotation(patch))).toMatchObject({ kind });
  expect([...world.active.keys()]).toEqual(left);
});

test("the old key may stay, inactive, and goes with the next run", async () => {
  const world = new World();
  expect(await rotate(world.rotation({ mayDelete: async () => false }))).toEqual({
    kind: "old-kept",
    now: "NEW1",
    old: "OLD",
  });
  expect(world.active.get("OLD")).toBe(false);
  expect(await rotate(world.rotation())).toEqual({ kind: "done", now: "NEW1" });
  expect(world.made).toBe(1);
});

test("a rotation of another profile is finished first", async () => {
  const world = new World();
  world.journal = { file: "/home/ann/.aws/credentials", profile: "work", old: "OLD" };
  await expect(rotate(world.rotation())).rejects.toThrow("finish it first, with --source-profile work");
});

test("a key in the file that is not this user's active key stops everything", async () => {
  const world = new World();
  const rotation = world.rotation();
  const file = { ...rotation.file, read: () => ({ id: "FOREIGN", secret: "x" }) };
  expect(await rotate({ ...rotation, file })).toMatchObject({
    kind: "not-done",
    reason: expect.stringContaining("FOREIGN"),
  });
});
