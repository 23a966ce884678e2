import { quote } from "../../text";
import { finding, type Rule } from "../rule";

/** Tags are ones AWS accepts. Source: IAM User Guide, "Tagging IAM resources": 50 tags, key 128, value 256 characters. */
export const legalTags: Rule = (roster) =>
  [roster.userAccount, ...roster.accounts, ...roster.people].flatMap(({ key, tags, place }) => {
    const names = Object.keys(tags);
    const bad = names.filter((name) => !/^[\p{L}\p{Z}\p{N}_.:/=+\-@]{1,128}$/u.test(name) || /^aws:/i.test(name));
    const values = names.filter((name) => !/^[\p{L}\p{Z}\p{N}_.:/=+\-@]{0,256}$/u.test(tags[name] ?? ""));
    return [
      ...bad.map((name) =>
        finding(
          "bad-tag",
          place,
          `the tag ${quote(name)} of ${quote(key)} is one AWS refuses; use letters, digits, spaces and _ . : / = + - @, and no aws: in front`,
        ),
      ),
      ...values.map((name) =>
        finding(
          "bad-tag",
          place,
          `the value of the tag ${quote(name)} of ${quote(key)} is one AWS refuses; use letters, digits, spaces and _ . : / = + - @`,
        ),
      ),
      ...(names.length > 40
        ? [finding("bad-tag", place, `${quote(key)} has ${names.length} tags, and AWS allows 50 for what carries them`)]
        : []),
    ];
  });
