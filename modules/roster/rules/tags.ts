import { type Finding, formatPlace } from "../../finding";
import { quote } from "../../text";
import { finding, inFileOrder, type Rule } from "../rule";
import type { WrittenWord, Written } from "../written";

/** Of AWS's 50, ten are kept for what Rolecall or AWS adds. */
const MAX_TAGS = 40;
const ALLOWED = "letters, digits, spaces and _ . : / = + - @";

/**
 * Tags are ones AWS accepts. Source: IAM User Guide, "Tags for AWS Identity and Access Management resources": 50 tags, key
 * 128 and value 256 characters, `aws:` reserved, keys of IAM's tags the same in either case.
 */
export const legalTags: Rule = (roster, _now, { tags }) => [
  ...tags.flatMap(({ name }) => badName(name)),
  ...tags
    .filter(({ value }) => !/^[\p{L}\p{Z}\p{N}_.:/=+\-@]{0,256}$/u.test(value.text))
    .map(({ name, value }) =>
      finding("bad-tag", value.place, `the value of the tag ${quote(name.text)} is not allowed by AWS; use ${ALLOWED}`),
    ),
  ...sameInOtherCase(tags),
  ...[roster.userAccount, ...roster.accounts, ...roster.people.map(withAccountTags(roster.userAccount.tags))]
    .filter((each) => Object.keys(each.tags).length > MAX_TAGS)
    .map(({ key, tags: all, place }) => {
      const count = `${quote(key)} has ${Object.keys(all).length} tags, including the user account's own`;
      return finding(
        "too-many-tags",
        place,
        `${count}; Rolecall allows ${MAX_TAGS} and keeps the rest of AWS's 50; remove some`,
      );
    }),
];

function badName({ text, place }: WrittenWord): readonly Finding[] {
  if (/^aws:/i.test(text))
    return [finding("bad-tag", place, `the tag ${quote(text)} is reserved by AWS; leave out aws:`)];
  if (/^rolecall:/i.test(text))
    return [finding("bad-tag", place, `the tag ${quote(text)} is reserved by Rolecall; leave out rolecall:`)];
  return /^[\p{L}\p{Z}\p{N}_.:/=+\-@]{1,128}$/u.test(text)
    ? []
    : [finding("bad-tag", place, `the tag ${quote(text)} is not allowed by AWS; use 1 to 128 of ${ALLOWED}`)];
}

function sameInOtherCase(tags: Written["tags"]): readonly Finding[] {
  const first = new Map<string, WrittenWord>();
  return inFileOrder(tags.map((tag) => ({ ...tag, place: tag.name.place }))).flatMap(({ owner, name }) => {
    const id = JSON.stringify([owner, name.text.toLowerCase()]);
    const other = first.get(id);
    if (!other) first.set(id, name);
    if (!other || other.text === name.text) return [];
    const message = `the tag ${quote(name.text)} differs from ${quote(other.text)} (${formatPlace(other.place)}) only in case, and IAM treats them as the same; keep one`;
    return [finding("names-differ-in-case-only", name.place, message)];
  });
}

/** An IAM user carries the tags of the account and its own. */
function withAccountTags(shared: Readonly<Record<string, string>>) {
  return <T extends { readonly tags: Readonly<Record<string, string>> }>(person: T): T => ({
    ...person,
    tags: { ...shared, ...person.tags },
  });
}
