/** Why there is no answer to go by. */
export type AnswerTrouble =
  /** Nothing came, or not in time. */
  | "no-answer"
  /** Something came that AWS does not answer: a page of a portal or a proxy, something cut short. */
  | "not-aws"
  /** A whole answer of AWS that lacks what this question needs, or answers another question. */
  | "not-this"
  /** Not asked, because an earlier call of the same client got no answer. */
  | "not-asked";

/** An AWS call whose outcome is not known. The message is a sentence with the call, the account, the reason and what to do. */
export class AnswerError extends Error {
  override readonly name = "AnswerError";
  readonly trouble: AnswerTrouble;

  constructor(trouble: AnswerTrouble, message: string) {
    super(message);
    this.trouble = trouble;
  }
}
