import { Refusal } from "../../refusal";
import { quote } from "../../text";

/**
 * A word of a `credential_process` line, the same word to all that read it: botocore splits by POSIX rules without a shell,
 * other SDKs hand the line to `sh -c`. Source: botocore `compat_shell_split`; @aws-sdk/credential-provider-process. Throws where no
 * quoting does: a line end, or a blank before `#` or `;`, which SDKs take for a comment even inside quotes.
 */
export function quoteWord(word: string): string {
  if (/[\p{Cc}\p{Zl}\p{Zp}]/u.test(word) || /\s[#;]/.test(word))
    throw new Refusal(
      `${quote(word)} cannot be written into an AWS config file; move it to a path of plain characters`,
    );
  if (/^[\w@%+=:,./-]+$/.test(word)) return word;
  return /^[\w@%+=:,./ -]+$/.test(word) ? `"${word}"` : `'${word.replaceAll("'", "'\\''")}'`;
}
