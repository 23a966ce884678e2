/**
 * The roster's language: the part of JSON Schema (2020-12) that both editors and `checkShape` understand. The published
 * `roster.schema.json` is this value, printed; `x-` keys are only for our own messages.
 */
export interface Schema {
  readonly title?: string;
  readonly description?: string;
  readonly type: "object" | "array" | "string" | "integer";
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: false | Schema;
  readonly required?: readonly string[];
  readonly minProperties?: number;
  readonly maxProperties?: number;
  readonly items?: Schema;
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  /** Least and most of an integer. */
  readonly minimum?: number;
  readonly maximum?: number;
  /** What a string that fits the pattern is, for a message. */
  readonly "x-what"?: string;
  /** The pattern is for editors: a rule judges the text, and says more. */
  readonly "x-rule"?: true;
}

function text(description: string, pattern: string, what: string): Schema {
  return { type: "string", description, pattern, "x-what": what };
}

function map(description: string, value: Schema): Schema {
  return { type: "object", description, additionalProperties: value };
}

function record(
  description: string,
  required: readonly string[],
  properties: Readonly<Record<string, Schema>>,
): Schema {
  return { type: "object", description, required, properties, additionalProperties: false };
}

const anyText = (description: string): Schema => ({ type: "string", description, minLength: 1, maxLength: 1024 });
const name = (description: string) =>
  text(description, "^[A-Za-z][A-Za-z0-9-]{0,39}$", "a letter, then letters, digits and hyphens, 40 at most");
const region = (description: string): Schema => ({
  ...text(description, "^[a-z]{2,4}(-[a-z]+)+-[0-9]$", "an AWS Region"),
  "x-rule": true,
});
const duration = (description: string) =>
  text(description, "^[1-9][0-9]{0,4}(m|h)$", "minutes or hours such as 90m or 12h");
const arn = (description: string) =>
  text(
    description,
    "^arn:aws[a-z-]*:[a-z0-9-]+:[a-z0-9-]*:[^:]*:.+$",
    "an ARN such as arn:aws:iam::aws:policy/SecurityAudit",
  );
const action = (description: string) =>
  text(
    description,
    "^(\\*|[a-z0-9-]+:[A-Za-z0-9*?]+)$",
    "an action such as s3:GetObject or ec2:Describe*, the service in lower case",
  );
const TAGS = map("Tags; keys and values as AWS allows them.", { type: "string", maxLength: 256 });

const principal = (description: string) =>
  text(
    description,
    "^([0-9]{12}|arn:aws[a-z-]*:(iam|sts)::[0-9]{12}:(user|role|assumed-role|federated-user)/[A-Za-z0-9+=,.@_/-]{1,600}|[a-z0-9.-]+\\.(com|io|net|org|cn)|(arn:aws[a-z-]*:iam::[0-9]{12}:)?(oidc|saml)-provider/[A-Za-z0-9+=,.@_:/-]{1,600}|\\*)$",
    "an account's twelve digits, the ARN of a role or user, a service such as ec2.amazonaws.com, or oidc-provider/<address>",
  );

const EXPECTED = record("What else exists there on purpose; audit compares the account with it.", [], {
  deployRole: {
    type: "array",
    description: "Who else may take the deploy role, such as the management account.",
    items: principal("A principal."),
  },
  roles: map(
    "Roles created elsewhere, by name or path/name.",
    record("A role, exactly as it is.", ["trusts", "fingerprint"], {
      trusts: {
        type: "array",
        description: "Every principal of its trust policy.",
        items: principal("A principal."),
      },
      fingerprint: text(
        "Fingerprint of its trust and its rights, as audit prints it.",
        "^t[0-9a-f]{24}-r[0-9a-f]{24}$",
        "the fingerprint that rolecall audit prints, t...-r...",
      ),
    }),
  ),
  providers: map(
    "Federation providers, as oidc-provider/<address> or saml-provider/<name>.",
    text(
      "Fingerprint of its settings, as audit prints it.",
      "^p[0-9a-f]{24}$",
      "the fingerprint that rolecall audit prints, p...",
    ),
  ),
});

const ACCOUNT = {
  id: text(
    "Twelve digits, in quotes.",
    "^[0-9]{12}$",
    'twelve digits in quotes, leading zeros too, such as "011122223333"',
  ),
  region: region("Region of the account's provider; the roster's own by default."),
  stack: name("Stack (Terraform state) that holds the account; its own by default."),
  deployRole: text(
    "Role the provider assumes: a name, path/name, or ARN. OrganizationAccountAccessRole by default.",
    "^[A-Za-z0-9+=,.@_/:-]{1,600}$",
    "a role's name, path/name or ARN",
  ),
  tags: TAGS,
  expected: EXPECTED,
};

const GRANT = record("One account and one tier.", ["account", "tier"], {
  account: anyText("An account, or @environment for all accounts of that environment."),
  tier: anyText("A tier."),
  until: anyText("First moment without access: a date (00:00 UTC) or a time such as 2027-01-15T18:00:00Z."),
  reason: anyText("Why, for reviewers."),
});

export const ROSTER_SCHEMA: Schema = {
  title: "Rolecall roster",
  ...record(
    "Who may take which role in which AWS account.",
    ["organization", "region", "userAccount", "accounts", "people"],
    {
      organization: name("Name of the company; appears in descriptions."),
      region: region("Region of every provider that has none of its own."),
      backend: {
        type: "object",
        description: "Where Terraform keeps its state: one of local, s3, cloud. Files in state/ by default.",
        minProperties: 1,
        maxProperties: 1,
        additionalProperties: false,
        properties: {
          local: record("Files on this machine.", [], {
            directory: text(
              "Folder, relative to the project.",
              "^[A-Za-z0-9_][A-Za-z0-9_.-]*(/[A-Za-z0-9_][A-Za-z0-9_.-]*)*$",
              "a relative folder",
            ),
          }),
          s3: record("An S3 bucket, locked by S3 itself.", ["bucket"], {
            bucket: text("Bucket.", "^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$", "a bucket's name"),
            region: region("Region of the bucket; the roster's own by default."),
            prefix: text(
              "Put before <stack>.tfstate.",
              "^(?!/)[A-Za-z0-9!_.*'()/-]{0,200}$",
              "a key prefix that does not begin with /, such as access/",
            ),
            roleArn: arn("Role assumed only for the state."),
            kmsKeyId: text("KMS key: id, alias or ARN.", "^[A-Za-z0-9:/_-]{1,2048}$", "a key's id, alias or ARN"),
          }),
          cloud: record("HCP Terraform: a workspace for each stack.", ["organization"], {
            organization: name("HCP organization."),
            hostname: text("Host, for Terraform Enterprise.", "^[A-Za-z0-9.-]{1,253}$", "a host name"),
            project: text("HCP project.", "^[A-Za-z0-9 _-]{3,40}$", "3 to 40 letters, digits, spaces, _ and -"),
            workspacePrefix: text("Put before the stack's name.", "^[A-Za-z0-9_-]{0,40}$", "letters, digits, _ and -"),
          }),
        },
      },
      expected: { ...EXPECTED, description: "What else exists in every account on purpose." },
      userAccount: record("The account people enter through: it holds the IAM users.", ["id"], {
        ...ACCOUNT,
        alias: text(
          "IAM account alias, for the sign-in address.",
          "^(?!.*--)(?![0-9]{12}$)[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$",
          "3 to 63 lower-case letters, digits and single hyphens",
        ),
      }),
      accounts: map(
        "Accounts people work in.",
        record("A workload account.", ["id"], {
          ...ACCOUNT,
          environment: name("Group of accounts that grants can name as @environment."),
          spectatorReads: text(
            "What spectators see: metadata (how things are set up; the default) or data (what people store, too).",
            "^(metadata|data)$",
            "metadata or data",
          ),
        }),
      ),
      tiers: map(
        "What differs from the built-in tiers administrator, operator, spectator; and tiers of your own.",
        record("A tier.", [], {
          session: duration("Longest role session, 1h to 12h."),
          mfaAge: duration("How old an MFA sign-in may be when the role is taken, 15m to 36h."),
          sessionNames: {
            type: "array",
            description:
              "Names that sessions may have in addition to their person's user name, for tools that choose one themselves: such sessions can only be ended all together, and CloudTrail does not name the person.",
            items: text(
              "A name; * matches any text, ? one character.",
              "^[A-Za-z0-9+=,._*?-]{2,64}$",
              "2 to 64 letters, digits and + = , . _ - with * and ? for what varies, and no @",
            ),
          },
          policies: {
            type: "array",
            description: "Managed policies an own tier attaches; {account} is the account's id.",
            items: arn("ARN of a managed policy."),
          },
          allow: {
            type: "array",
            description: "Actions an own tier allows, on everything, as far as the operator boundary goes.",
            items: action("An action or pattern."),
          },
          deny: {
            type: "array",
            description: "Actions an own tier denies, whatever else allows them.",
            items: action("An action or pattern."),
          },
        }),
      ),
      teams: map(
        "Teams, and what each may do where: account or @environment to tier.",
        map("Grants of a team.", anyText("A tier.")),
      ),
      people: map(
        "IAM user names (an e-mail address is one).",
        record("A person.", [], {
          teams: { type: "array", description: "Teams of the person.", items: anyText("A team.") },
          grants: { type: "array", description: "Grants of the person's own.", items: GRANT },
          tags: TAGS,
        }),
      ),
    },
  ),
};
