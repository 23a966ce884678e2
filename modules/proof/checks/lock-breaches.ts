import type { LockedProvider, StackSetup } from "../../iam/stack-setup";
import { quote } from "../../text";
import { countOf } from "../../words";
import type { ClaimedStack } from "../claims";

/** One question about a lock file; without a message its answer is what it should be. */
interface LockAnswer {
  readonly message?: string;
  readonly cure: string;
}

const COPY = "copy the project's terraform.lock.hcl there; synthesizing does";

/** Whether a stack's lock file accepts the reviewed packages and no others; without a reviewed file nothing is accepted. */
export function lockBreaches(
  lock: NonNullable<StackSetup["lock"]>,
  { providers }: ClaimedStack,
  reviewed: readonly LockedProvider[] | undefined,
): readonly LockAnswer[] {
  if (!lock.known) return [{ message: `${lock.reason}, so any package of the provider would do`, cure: COPY }];
  const sources = new Map(providers.map(({ source, version }) => [source, version]));
  return [
    ...lock.value.map(
      ({ source }): LockAnswer =>
        sources.has(source)
          ? { cure: COPY }
          : {
              message: `its lock file has the provider ${quote(source)}, which no stack of the roster uses`,
              cure: COPY,
            },
    ),
    ...[...sources].flatMap(([source, range]) =>
      ofProvider(
        lock.value.find((each) => each.source === source),
        reviewed?.find((each) => each.source === source),
        { source, range },
      ),
    ),
  ];
}

function ofProvider(
  locked: LockedProvider | undefined,
  reviewed: LockedProvider | undefined,
  { source, range }: { readonly source: string; readonly range: string },
): readonly LockAnswer[] {
  const answer = (holds: boolean, message: string): LockAnswer => ({ cure: COPY, ...(holds ? {} : { message }) });
  if (!locked) return [answer(false, `its lock file does not have the provider ${quote(source)}`)];
  if (!reviewed) return [answer(false, `no reviewed lock file has the provider ${quote(source)}`)];
  const strange = locked.hashes.filter((hash) => !reviewed.hashes.includes(hash));
  const packages = countOf(strange.length, "package", "packages");
  return [
    answer(locked.version === reviewed.version, `its lock file has ${quote(locked.version)}, not ${reviewed.version}`),
    answer(
      locked.constraints === range,
      `its lock file was made for the versions ${quote(locked.constraints ?? "")}, not ${quote(range)}`,
    ),
    answer(locked.hashes.length > 0, "its lock file has no hash, so any package would do"),
    answer(
      strange.length === 0,
      `its lock file accepts ${packages} that the reviewed one does not know: ${strange[0] ?? ""}`,
    ),
  ];
}
