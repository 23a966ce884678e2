import { deviceSerial } from "../../client/mfa/choose-device";
import { expectOwner } from "../../client/session/expect-owner";
import { currentRoles } from "../../client/session/find-role";
import { obtainKeys } from "../../client/session/obtain";
import type { OwnKeys } from "../../client/session/own-keys";
import type { StorePort, TemporaryKeys } from "../../client/session/ports";
import type { PersonRole } from "../../client/person-roles";
import type { LiveSts } from "../../live/session";
import { Refusal } from "../../refusal";
import { quote } from "../../text";
import type { Context } from "../../machine/context";
import { homeRegion } from "../roster/home-region";
import { chooseCodes } from "./session-codes";
import { identityOf, readOwnKeys } from "./session-own-keys";
import { type KnownRoles, readRoles } from "./session-roles";
import { cacheFolder, openStore, sweep } from "./session-store";

/** What every command about a session takes. */
export interface SessionOptions {
  readonly roster?: string | undefined;
  readonly person?: string | undefined;
  readonly sourceProfile?: string | undefined;
  readonly mfaSerial?: string | undefined;
  readonly mfaStdin?: boolean | undefined;
}

/** One person at work: their roles, and the keys of each. */
export interface Session {
  readonly person: string;
  /** By account; none that has ended. */
  readonly roles: readonly PersonRole[];
  readonly keysOf: (role: PersonRole) => Promise<TemporaryKeys>;
}

/** Nothing is asked of AWS or the person before keys are wanted, when the person is named. Throws sentences with a cure. */
export async function openSession(context: Context, options: SessionOptions): Promise<Session> {
  const folder = cacheFolder(context.env);
  const store = openStore(folder, () => context.stderr("waiting for another rolecall that asks for the MFA code\n"));
  const named = options.person ?? (context.env["ROLECALL_PERSON"] || undefined);
  const own = named === undefined ? await readOwnKeys(context, options.sourceProfile) : undefined;
  const person = named ?? (await ownerOf(context, store, own as OwnKeys, options.roster));
  const known = await readRoles(context, store, { roster: options.roster, person });
  const roles = currentRoles(known.roles, context.now.getTime());
  return {
    person,
    roles,
    keysOf: async (role) => {
      const keys = own ?? (await readOwnKeys(context, options.sourceProfile));
      return keysOf(context, { store, folder, options, own: keys, person, known, role });
    },
  };
}

interface Work {
  readonly store: StorePort;
  readonly folder: string;
  readonly options: SessionOptions;
  readonly own: OwnKeys;
  readonly person: string;
  readonly known: KnownRoles;
  readonly role: PersonRole;
}

function keysOf(context: Context, { store, folder, options, own, person, known, role }: Work): Promise<TemporaryKeys> {
  let opened: Promise<LiveSts> | undefined;
  const sts = () => {
    opened ??= openSts(own, known.region);
    return opened;
  };
  let device = "";
  const serial = async () => {
    sweep(folder, Date.now());
    device = await serialOf(await sts(), { options, own, person, known });
    return device;
  };
  const purpose = `${role.account} ${role.tier}`;
  const sources = { stdin: options.mfaStdin === true, command: own.mfaProcess, purpose };
  const codes = () => chooseCodes(context, sources, device);
  const wanted = { role, roles: known.roles, person, identity: identityOf(own) };
  return obtainKeys({ sts, store, codes, serial, now: () => Date.now() }, wanted);
}

async function openSts(own: OwnKeys, region: string): Promise<LiveSts> {
  const { liveSts } = await import("../../live/session");
  return liveSts({ ...own, region });
}

/** AWS says whose keys these are before the person is asked for a code. */
async function serialOf(
  sts: LiveSts,
  { options, own, person, known }: Pick<Work, "options" | "own" | "person" | "known">,
): Promise<string> {
  expectOwner(await sts.caller(), person, known.userAccountId, own.from);
  return deviceSerial(options.mfaSerial ?? own.mfaSerial, person, () => sts.devices(person));
}

/** The user that the keys belong to: what AWS said once stays so for a key. */
async function ownerOf(context: Context, store: StorePort, own: OwnKeys, path: string | undefined): Promise<string> {
  const name = `owner-${identityOf(own)}`;
  const kept = store.read(name);
  if (typeof kept === "string" && kept !== "") return kept;
  const region = await homeRegion(context, { profileRegion: own.region, roster: path });
  const caller = await (await openSts(own, region)).caller();
  if (caller.kind !== "user")
    throw new Refusal(`the keys of ${own.from} (${quote(caller.arn)}) do not show which person you are; give --person`);
  store.write(name, caller.user);
  return caller.user;
}
