import { isRecord, quote, stableJson } from "../text";
import { AnswerError } from "./answers/answer-error";
import { modelOf } from "./answers/shape";
import { ask, type AwsClient, type AwsCommand } from "./send";

/** Of one list: far more than any account can hold, and an end to markers that never end. */
const MOST_PAGES = 1000;

interface Page {
  readonly IsTruncated?: boolean | undefined;
  readonly Marker?: string | undefined;
}

/**
 * Every item of a list, page after page, to the page that says it is the last. Throws when a page is missing, a marker comes
 * again, or an item is there twice: then something is missing elsewhere, or an old page came again.
 */
export async function askAll<Input extends object, Output extends object, Item>(
  client: AwsClient,
  Command: new (input: Input) => AwsCommand<Output>,
  input: NoInfer<Input>,
  itemsOf: (page: Output) => readonly Item[] | undefined,
): Promise<readonly Item[]> {
  const odd = (why: string) => strange(modelOf(new Command(input)).action, why);
  const items = new Map<string, Item>();
  const markers = new Set<string>();
  let marker: string | undefined;
  do {
    const page = await ask(client, new Command(marker === undefined ? input : { ...input, Marker: marker }));
    const found = itemsOf(page);
    if (found === undefined) throw odd("a page has no list");
    for (const item of found) {
      const identity = identityOf(item);
      if (items.has(identity)) throw odd(`${quote(identity)} is there twice`);
      items.set(identity, item);
    }
    const { IsTruncated: more, Marker: next } = page as Page;
    marker = more === true ? next : undefined;
    if (marker === undefined && more === true) throw odd("a page is missing");
    if (marker !== undefined && (markers.has(marker) || markers.size >= MOST_PAGES))
      throw odd(markers.has(marker) ? "a page is repeated" : `there are more than ${MOST_PAGES} pages`);
    if (marker !== undefined) markers.add(marker);
  } while (marker !== undefined);
  return [...items.values()];
}

function strange(action: string, why: string): AnswerError {
  return new AnswerError(
    "not-this",
    `${action}: the pages of AWS's answer do not fit together (${why}); run this again`,
  );
}

/** What no two items of a list share. */
const IDENTITIES = [
  "Arn",
  "PolicyArn",
  "SerialNumber",
  "AccessKeyId",
  "CertificateId",
  "SSHPublicKeyId",
  "ServiceSpecificCredentialId",
  "VersionId",
];

function identityOf(item: unknown): string {
  if (!isRecord(item)) return String(item);
  const name = IDENTITIES.find((each) => typeof item[each] === "string");
  return name === undefined ? stableJson(item) : String(item[name]);
}
