import { quote } from "../../../text";
import { type Check, type Diagnosis, fail, ok, warn } from "../check";
import type { DoctorFacts, SectionFact } from "../facts";
import { countOf } from "../../../words";

/**
 * Sections that hide or miss each other. Source: AWS SDKs and Tools Reference Guide, "Format of the config and credentials
 * files" (prefix, duplicates) and AWS CLI User Guide, "Configuration and credential precedence" (keys before a process).
 */
export const profilesCheck: Check = {
  id: "profiles",
  examine: ({ sections, unreadable, env, fileFaults = [] }) => {
    const found = [
      ...unreadable.map((why) => fail(why, "correct it, or name another file")),
      ...fileFaults,
      ...twice(sections),
      ...unprefixed(sections),
      ...shadowed(sections),
      ...missing(sections, env),
    ];
    const names = new Set(sections.map(profileOf));
    return found.length > 0
      ? found
      : [ok(`${countOf(names.size, "profile", "profiles")}, none conflicts with another`)];
  },
};

function profileOf({ name, profile }: SectionFact): string {
  return profile ?? name.replace(/^profile /, "");
}

function at({ file, line }: SectionFact): string {
  return `${file}:${line}`;
}

function twice(sections: readonly SectionFact[]): readonly Diagnosis[] {
  return sections.flatMap((each, index) => {
    const first = sections.slice(0, index).find(({ file, name }) => file === each.file && name === each.name);
    return first === undefined
      ? []
      : [
          fail(
            `${at(each)}: [${plain(each.name)}] is written a second time (first ${at(first)}); the aws client refuses a file with a section twice, other clients merge the two`,
            "remove or rename one",
          ),
        ];
  });
}

const OTHER_SECTIONS = /^(default$|profile |sso-session |services |plugins$|preview$)/;

/** The config file wants the prefix, except for `default`; the credentials file takes it from nobody. */
function unprefixed(sections: readonly SectionFact[]): readonly Diagnosis[] {
  return sections
    .filter(({ file, name }) => (file === "config" ? !OTHER_SECTIONS.test(name) : name.startsWith("profile ")))
    .map((each) => {
      const bare = profileOf(each).replace(/^(profile\s+)+/, "");
      const right = each.file === "credentials" || bare === "default" ? bare : `profile ${bare}`;
      const what = each.file === "credentials" ? "is read by no client as that profile" : "is read by no client";
      return warn(`${at(each)}: [${plain(each.name)}] ${what}`, `write it as [${plain(right)}]`);
    });
}

function shadowed(sections: readonly SectionFact[]): readonly Diagnosis[] {
  const keyed = sections.filter(({ settings }) => settings.includes("aws_access_key_id"));
  return sections
    .filter(({ file, settings }) => file === "config" && settings.includes("credential_process"))
    .flatMap((each) => {
      const keys = keyed.find((other) => profileOf(other) === profileOf(each));
      return keys === undefined
        ? []
        : [
            fail(
              `${at(keys)}: keys of profile ${quote(profileOf(each))} and its credential_process (${at(each)}) are both there: the aws client takes the process, the JavaScript SDK and Terraform take the keys`,
              "rename one of the two",
            ),
          ];
    });
}

function missing(sections: readonly SectionFact[], env: DoctorFacts["env"]): readonly Diagnosis[] {
  const wanted = env["AWS_PROFILE"] ?? "";
  if (wanted === "" || sections.some((each) => profileOf(each) === wanted)) return [];
  return [
    fail(
      `AWS_PROFILE names ${quote(wanted)}, which does not exist`,
      "unset it, or write the profile (rolecall profiles --write)",
    ),
  ];
}

/** In brackets no quotes are wanted, only what cannot hurt a terminal. */
function plain(name: string): string {
  return quote(name).slice(1, -1);
}
