import { readAsSdk } from "./as-sdk";
import type { AwsFiles, AwsFileKind } from "./reading";

/** Profiles of the two files as the SDK's own loader gives them. */
export type Loaded = Readonly<
  Record<AwsFileKind, Readonly<Record<string, Readonly<Record<string, string | undefined>>>>>
>;

/** The SDK's loader gives an empty file where it fails; no JavaScript object can hold some names. */
export function canAskSdk(files: AwsFiles): boolean {
  return (["config", "credentials"] as const).every((file) => readAsSdk(file, files[file]).refusals.length === 0);
}

/** Where the SDK's loader reads other profiles, settings or values than we do; `undefined` when both read the same. */
export function differsFromSdk(files: AwsFiles, loaded: Loaded): string | undefined {
  for (const file of ["config", "credentials"] as const) {
    const ours = new Map<string, Map<string, string>>();
    for (const { profile, settings } of readAsSdk(file, files[file]).sections)
      if (profile !== undefined) ours.set(profile, new Map(settings.map(({ name, value }) => [name, value])));
    const theirs = Object.entries(loaded[file]);
    const same =
      theirs.length === ours.size &&
      theirs.every(([profile, settings]) => {
        const mine = ours.get(profile);
        const names = Object.keys(settings);
        return (
          mine !== undefined && names.length === mine.size && names.every((name) => mine.get(name) === settings[name])
        );
      });
    if (!same) return file;
  }
  return undefined;
}
