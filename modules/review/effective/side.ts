import { isRecord } from "../../text";
import { matchActions } from "../../evaluator/actions";
import type { Policies } from "../../evaluator/evaluate";
import { askedFor } from "../../evaluator/facts";
import { type CompiledPolicy, compilePolicy, missingPolicy, openTo } from "../../evaluator/policy";
import { NO } from "../../evaluator/truth";
import { normalDocument } from "../documents/normal-document";

/** One statement, or a whole document that cannot be read as statements. */
export interface Part {
  readonly policy: CompiledPolicy;
  /** Everything it says besides its actions: equal rules for an action give equal answers. */
  readonly rule: string;
  readonly statement?: Readonly<Record<string, unknown>>;
  /** `${...}` in it is replaced by something: it is of the newer version of the language. */
  readonly hasVariables?: boolean;
}

/** What decides what one holder may do, on one of two sides. */
export interface Side {
  readonly policies: Policies;
  readonly identity: readonly Part[];
  readonly boundary?: readonly Part[];
}

/** A policy by its name or ARN; `document` undefined when its text is not at hand. */
export interface Text {
  readonly name: string;
  readonly document: unknown;
}

/**
 * What `identity` gives a principal of the account within `boundary`. Roles and keys do only what their own policy allows, too;
 * those are not at hand, so each is taken to leave everything to the account: what is judged is the holder's own side.
 */
export function sideOf(accountId: string, identity: readonly Text[], boundary: Text | undefined): Side {
  return {
    policies: {
      identity: identity.map(compiled),
      resource: openTo(accountId, "a policy that leaves it to the account"),
      ...(boundary === undefined ? {} : { boundary: compiled(boundary) }),
    },
    identity: identity.flatMap(partsOf),
    ...(boundary === undefined ? {} : { boundary: partsOf(boundary) }),
  };
}

function compiled({ name, document }: Text): CompiledPolicy {
  return document === undefined ? missingPolicy(name) : compilePolicy(name, document);
}

function partsOf(text: Text): readonly Part[] {
  const whole = compiled(text);
  const { document } = text;
  const statements = isRecord(document) ? [document["Statement"]].flat() : [];
  const readable = statements.every(isRecord) && whole.statements.every(({ actions }) => actions !== undefined);
  const isRefused = whole.refusals.some(({ by }) => by.has("identity"));
  if (!isRecord(document) || !readable || isRefused)
    return [{ policy: whole, rule: document === undefined ? `no text: ${text.name}` : normalDocument(document) }];
  return statements.filter(isRecord).map((statement) => {
    const { Action: _, NotAction: __, ...rest } = statement;
    const { Version: version } = document;
    const policy = compilePolicy(text.name, { Version: version, Statement: [statement] });
    // Actions that cannot be read may be any, so their text is a part of what is said about each.
    const isReadable = policy.statements.every(({ actions }) => actions?.problems.length === 0);
    return {
      policy,
      rule: normalDocument({ version, ...(isReadable ? rest : statement) }),
      statement,
      hasVariables: version === "2012-10-17",
    };
  });
}

/** Every action of the catalogue is asked about many times. */
const known = new Map<string, ReturnType<typeof askedFor>>();

/** The parts that may speak about an action. */
export function partsFor(parts: readonly Part[] | undefined, action: string): readonly Part[] {
  const asked = known.get(action) ?? askedFor(action);
  known.set(action, asked);
  return (parts ?? []).filter(({ policy }) =>
    policy.statements.some(({ actions }) => actions === undefined || matchActions(actions, asked) !== NO),
  );
}

/** Equal for sides that must answer every question about the action alike, wherever its statements are. */
export function rulesFor(side: Side, action: string): string {
  const rules = (parts: readonly Part[] | undefined) =>
    parts === undefined ? null : [...new Set(partsFor(parts, action).map(({ rule }) => rule))].sort();
  return JSON.stringify([rules(side.identity), rules(side.boundary)]);
}
