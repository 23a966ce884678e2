/** ` class="..."`, or nothing without any. */
export function classAttribute(...classes: readonly (string | undefined)[]): string {
  const some = classes.filter((each) => each !== undefined && each !== "");
  return some.length === 0 ? "" : ` class="${some.join(" ")}"`;
}
