/** What a stream must show of itself. */
interface Stream {
  readonly isTTY?: boolean | undefined;
}

/**
 * Whether text on this stream may have colour: on a terminal that is not dumb, unless NO_COLOR or NODE_DISABLE_COLORS has a value.
 * FORCE_COLOR decides before all of these, as in Node: 0 and false for no colour, 1, 2, 3, true and nothing for colour.
 */
export function showsColour({ isTTY }: Stream, env: NodeJS.ProcessEnv): boolean {
  const force = env["FORCE_COLOR"];
  if (force !== undefined) return ["", "1", "2", "3", "true"].includes(force);
  const isRefused = [env["NO_COLOR"], env["NODE_DISABLE_COLORS"]].some((value) => value !== undefined && value !== "");
  return isTTY === true && !isRefused && env["TERM"] !== "dumb";
}
