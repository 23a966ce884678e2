/** What the table of a rendered page says, read from its text alone: an independent reader of the few shapes the table has. */
export interface ReadCell {
  /** As drawn, without markup: `O+`, `+A`, `S→O`. */
  readonly drawn: string;
  /** As spoken. */
  readonly words: string;
  readonly letters: readonly string[];
}

/** Cells of each person by the number in their link; `undefined` where there is no access. */
export function readCells(html: string): ReadonlyMap<number, readonly (ReadCell | undefined)[]> {
  const rows = html.matchAll(/<tr[^>]*data-g="[^"]*"><th scope=row><a href="#p(\d+)">(.*?)(?=<tr|<\/tbody>)/gs);
  return new Map([...rows].map(([, index, rest = ""]) => [Number(index), readRow(rest)]));
}

function readRow(text: string): readonly (ReadCell | undefined)[] {
  const cells = text.split("<td").slice(1, -1);
  return cells.map((cell) => {
    const [, letters, drawn = "", words = ""] = /data-t="([^"]*)"><b [^>]*>(.*?)<\/b><i>(.*?)<\/i>/s.exec(cell) ?? [];
    return letters === undefined
      ? undefined
      : { drawn: drawn.replace(/<[^>]*>/g, ""), words: plain(words), letters: plain(letters).split(" ") };
  });
}

/** Letter to tier, from the legend. */
export function readLegend(html: string): ReadonlyMap<string, string> {
  const [, tiers = ""] = /<select id="tier">(.*?)<\/select>/s.exec(html) ?? [];
  return new Map(
    [...tiers.matchAll(/data-letter="([^"]*)">([^<]*)</g)].map(([, letter = "", tier = ""]) => [
      plain(letter),
      plain(tier),
    ]),
  );
}

/** Names of the accounts in the order of the columns. */
export function readAccounts(html: string): readonly string[] {
  const [, accounts = ""] = /<select id="account">(.*?)<\/select>/s.exec(html) ?? [];
  return [...accounts.matchAll(/<option value="([^"]+)"/g)].map(([, account = ""]) => plain(account));
}

function plain(text: string): string {
  return text.replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)));
}
