import type { IAMClient } from "@aws-sdk/client-iam";
import { type Known, known, unknown } from "../../known";
import { expectedReason } from "../../live/aws-problem";
import type { OpenableAccount, OpenAccount } from "../../live/open-account";

/** A client of each account by key, or why there is none. */
export type AccountConnections = ReadonlyMap<string, Known<IAMClient>>;

/** Opens each account once, and remembers the accounts that cannot be used. */
export class Connector {
  private readonly found: Map<string, Known<IAMClient>>;

  constructor(
    private readonly open: OpenAccount,
    opened: Iterable<readonly [key: string, Known<IAMClient>]>,
  ) {
    this.found = new Map(opened);
  }

  get connections(): AccountConnections {
    return this.found;
  }

  async connect(account: OpenableAccount): Promise<Known<IAMClient>> {
    const connection =
      this.found.get(account.key) ??
      (await this.open(account).then(known, (error: unknown) => unknown(expectedReason(error))));
    this.found.set(account.key, connection);
    return connection;
  }

  /** What `work` finds in the account; an account that cannot be reached, or where it fails, is not used again. */
  async with<T>(account: OpenableAccount, work: (iam: IAMClient) => Promise<T>): Promise<T | undefined> {
    const connection = await this.connect(account);
    if (!connection.known) return undefined;
    return work(connection.value).catch((error: unknown) => {
      this.found.set(account.key, unknown(expectedReason(error)));
      return undefined;
    });
  }
}
