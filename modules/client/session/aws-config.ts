/** Settings of one section: names in lower case, a later one of the same name wins. */
export type Settings = ReadonlyMap<string, string>;

/**
 * The sections of an AWS `config` or `credentials` file by their written name (`default`, `profile ann`), sections of the same
 * name merged. Comments, blanks and nested (indented) settings are read as the aws client and the SDKs read them; what is no
 * setting is passed over, as there. Source: AWS SDKs and Tools Reference Guide, "Format of the config and credentials files".
 */
export function parseAwsFile(text: string): ReadonlyMap<string, Settings> {
  const sections = new Map<string, Map<string, string>>();
  let current: Map<string, string> | undefined;
  for (const line of text.replace(/^\uFEFF/, "").split(/\r\n|\n|\r/)) {
    const section = /^\[([^\]]*)\]/.exec(line)?.[1];
    if (section !== undefined) {
      const name = section.trim().replace(/\s+/g, " ");
      current = sections.get(name) ?? new Map();
      sections.set(name, current);
      continue;
    }
    const setting = /^([^\s#;=][^=]*?)\s*=\s*(.*)$/.exec(line);
    if (setting) current?.set((setting[1] ?? "").toLowerCase(), withoutComment(setting[2] ?? ""));
  }
  return sections;
}

/** A comment may follow a value after white space. */
function withoutComment(value: string): string {
  return value.replace(/\s[#;].*$/, "").trim();
}

/** The two files of a person; an absent one is empty text. */
export interface AwsFiles {
  readonly config: string;
  readonly credentials: string;
}

/**
 * Everything the two files say of one profile; what the credentials file says wins. `undefined` when neither names it. Only
 * `default` may go without `profile ` in the config file.
 */
export function profileSettings({ config, credentials }: AwsFiles, profile: string): Settings | undefined {
  const configured = parseAwsFile(config);
  const fromConfig =
    configured.get(`profile ${profile}`) ?? (profile === "default" ? configured.get(profile) : undefined);
  const fromCredentials = parseAwsFile(credentials).get(profile);
  if (fromConfig === undefined && fromCredentials === undefined) return undefined;
  return new Map([...(fromConfig ?? []), ...(fromCredentials ?? [])]);
}

/** Names of the profiles that hold keys themselves. */
export function profilesWithKeys(files: AwsFiles): readonly string[] {
  const names = [...parseAwsFile(files.config).keys(), ...parseAwsFile(files.credentials).keys()];
  const profiles = new Set(names.map((name) => name.replace(/^profile /, "")));
  return [...profiles].filter((name) => profileSettings(files, name)?.has("aws_access_key_id"));
}
