import { actionMatcher } from "../iam/action-pattern";
import type { CatalogueAction } from "../iam/catalogue";
import data from "./spectator/data.json";
import metadata from "./spectator/metadata.json";
import never from "./spectator/never.json";
import seen from "./spectator/siblings.json";

/** Words of what people and applications store or run, whatever the service. */
const CONTENT = new RegExp(
  [
    "Annotation|Anomal|ChangeSet|Code|Content|Document|Drift|Entries|Event|Execution|Finding|History|Invocation|Key|LifecycleConfig",
    "Log[A-Z]|Logs$|Message|Note(book)?|Output|Parameter|Password|Payload|Propert|Quer|Record|Report|Resource(Config|Request)",
    "Result|Revision|Sample|Script|Secret|Step|Template|Token|Trace|UserData",
    "Artifact|BatchGet(Build|Project)|Bootstrap|GetResources|InstanceAttribute|JobFlow|LaunchConfig|TaskUi|VpnConnection",
  ].join("|"),
);

const READING =
  /^(Batch)?(Describe|Download|Filter|Get|List|Lookup|Query|Read|Receive|Scan|Search|Select|Simulate|Start|Subscribe)(?=[A-Z])/;

export interface Sibling {
  readonly action: string;
  /** An action of the same service that reads data of the same thing, or the word of the name that says it. */
  readonly because: string;
}

/** The lists as they are; others are given to try what would be noticed. */
export const SPECTATOR_LISTS: SpectatorLists = {
  metadata: metadata.actions,
  data: [...data.actions, ...never.actions],
  seen: seenSiblings(),
};

export interface SpectatorLists {
  readonly metadata: readonly string[];
  readonly data: readonly string[];
  readonly seen: readonly string[];
}

/**
 * What spectators see without reading data although a sibling of it is data, or its name speaks of content, and that nobody
 * has judged: for a person to read. Siblings are of one service and of one thing: `ssm:ListCommands` and `ssm:GetCommandInvocation`.
 */
export function unjudgedSiblings(
  catalogue: readonly CatalogueAction[],
  { metadata, data, seen }: SpectatorLists = SPECTATOR_LISTS,
): readonly Sibling[] {
  const isShown = anyOf(metadata);
  const isData = anyOf(data);
  const judged = new Set(seen);
  const things = new Map<string, string>();
  for (const { name } of catalogue.filter(({ name }) => isData(name))) things.set(thingOf(name), name);
  return catalogue.flatMap(({ name }) => {
    if (!isShown(name) || isData(name) || judged.has(name)) return [];
    const because = things.get(thingOf(name)) ?? CONTENT.exec(name.slice(name.indexOf(":")))?.[0];
    return because === undefined ? [] : [{ action: name, because }];
  });
}

/** Service and first word of what is read, in the singular: `ssm:Command`. */
function thingOf(action: string): string {
  const [service = "", name = ""] = action.split(":");
  const noun = name.replace(READING, "");
  const [word = ""] = /^[A-Z]+(?![a-z])|^[A-Z]?[a-z0-9]+/.exec(noun) ?? [];
  return `${service}:${word.replace(/ies$/, "y").replace(/s$/, "")}`;
}

function anyOf(patterns: readonly string[]): (action: string) => boolean {
  const matchers = patterns.map(actionMatcher);
  return (action) => matchers.some((matches) => matches(action));
}

/** What was read and shows no data. */
export function seenSiblings(): readonly string[] {
  const tables: readonly Readonly<Record<string, string | undefined>>[] = seen.seen.map(({ actions }) => actions);
  return tables.flatMap((table) =>
    Object.entries(table).flatMap(([service, names = ""]) => names.split(" ").map((name) => `${service}:${name}`)),
  );
}
