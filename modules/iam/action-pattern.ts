/**
 * A test whether an action fits a pattern of a policy (`ec2:Purchase*`), in any case, as IAM compares. No regular expression:
 * patterns come from rosters of strangers, and one with many stars would keep it busy for ever.
 */
export function actionMatcher(pattern: string): (action: string) => boolean {
  const wanted = pattern.toLowerCase();
  return (action) => matches(wanted, action.toLowerCase());
}

/** Walks both; after a mismatch the last `*` takes one character more. */
function matches(pattern: string, text: string): boolean {
  let p = 0;
  let t = 0;
  let star = -1;
  let resume = 0;
  while (t < text.length) {
    if (pattern[p] === "*") {
      star = p++;
      resume = t;
    } else if (p < pattern.length && (pattern[p] === "?" || pattern[p] === text[t])) {
      p++;
      t++;
    } else if (star >= 0) {
      p = star + 1;
      t = ++resume;
    } else {
      return false;
    }
  }
  while (pattern[p] === "*") p++;
  return p === pattern.length;
}
