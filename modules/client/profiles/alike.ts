import { readAsAws } from "../aws-files/as-aws";
import { readAsGo } from "../aws-files/as-go";
import { readAsSdk } from "../aws-files/as-sdk";
import {
  type AwsFiles,
  type Client,
  CLIENT_NAMES,
  type AwsFileKind,
  type FileReading,
  sectionsOfProfile,
} from "../aws-files/reading";
import { quote } from "../../text";

const READERS: readonly (readonly [Client, (file: AwsFileKind, text: string) => FileReading])[] = [
  ["aws", readAsAws],
  ["sdk", readAsSdk],
  ["go", readAsGo],
];

/**
 * Why some client would not read exactly these profiles from the files as they are to be; `undefined` when all do that read the files
 * at all. `block` is what is written, by itself.
 */
export function readOtherwise(block: string, files: AwsFiles, names: readonly string[]): string | undefined {
  const alone = READERS.map(([, read]) => names.map((name) => settingsOf([read("config", block)], name)));
  for (const [at, [client, read]] of READERS.entries()) {
    const readings = [read("config", files.config), read("credentials", files.credentials)];
    if (readings.some(({ refusals }) => refusals.length > 0)) continue;
    const other = names.find((name, index) => settingsOf(readings, name) !== alone[at]?.[index]);
    if (other !== undefined)
      return `${CLIENT_NAMES[client]} would not read the settings of the profile ${quote(other)} as they are written; rolecall doctor names the lines that are in the way`;
  }
  const texts = new Set(alone.map((each) => each.join("\n")));
  return texts.size === 1 ? undefined : "clients would read these profiles differently; choose plainer names and paths";
}

/** Why some client refuses a whole file, whatever is added to it: each a sentence with its place and cure. */
export function refusals(files: AwsFiles): readonly string[] {
  return (["config", "credentials"] as const).flatMap((file) => {
    const found = READERS.flatMap(([client, read]) =>
      read(file, files[file]).refusals.map((each) => ({ client, ...each })),
    );
    const lines = new Set(found.map(({ line }) => line));
    return [...lines]
      .sort((one, other) => one - other)
      .map((at) => {
        const here = found.filter(({ line }) => line === at);
        const clients = new Set(here.map(({ client }) => CLIENT_NAMES[client]));
        return `${file}:${at} ${here[0]?.what}, so ${[...clients].join(" and ")} would read none of these profiles; ${here[0]?.cure}`;
      });
  });
}

/** All that a profile is to a client, as text. */
function settingsOf(readings: readonly FileReading[], profile: string): string {
  const settings = readings.flatMap((reading) => sectionsOfProfile(reading, profile).flatMap((each) => each.settings));
  return JSON.stringify([...new Map(settings.map(({ name, value }) => [name, value]))].sort());
}
