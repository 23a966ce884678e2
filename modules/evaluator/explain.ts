import { quote } from "../text";
import { matchActions } from "./actions";
import { scpsBind } from "./binding";
import { hasOwnCredentials, isRootAssuming, unexpressed, type Verdict } from "./decide";
import type { RequestFacts } from "./facts";
import type { FreeCall } from "./free-calls";
import type { Policies } from "./policies";
import type { CompiledPolicy } from "./policy";
import { type Miss, missOf, nearness, whyUnknown } from "./reasons";
import { type LayerView, layersOf } from "./layers";
import { policyPlaceOf } from "./place";
import type { Layer } from "./layer";
import { matchStatement, type CompiledStatement } from "./statement";
import { NO, UNKNOWN, YES } from "./truth";

/** A statement, or a gap, that decides. */
export interface Deciding {
  /** The policy's name; of a gap, the names of the policies that leave it. */
  readonly policy: string;
  readonly layer: Layer;
  /** Position in the document, from 0. */
  readonly statement?: number;
  readonly sid?: string;
  /** What of the request the statement does not fit, where it would decide differently. */
  readonly misses?: Miss["part"];
  readonly why: string;
}

export function explainVerdict(verdict: Verdict, facts: RequestFacts, policies: Policies): readonly Deciding[] {
  const layers = layersOf(facts, policies);
  if (facts.free) return explainFree(verdict, facts, facts.free, layers);
  switch (verdict) {
    case "explicitly denied":
      return layers.flatMap((view) => matching(view, facts, "Deny"));
    case "allowed":
      return [...layers.flatMap((view) => matching(view, facts, "Allow")), ...rootRight(facts)];
    case "unknown":
      return [...unanswerable(facts), ...unseen(facts, policies), ...layers.flatMap((view) => undecided(view, facts))];
    case "implicitly denied":
      return isRootAssuming(facts)
        ? [gap("identity", [], "the root user cannot assume a role")]
        : layers.filter((view) => view.isNeeded && !allows(view, facts)).flatMap((view) => gapsIn(view, facts));
  }
}

/** A call that policies do not decide: what does, and a denial that may. */
function explainFree(
  verdict: Verdict,
  facts: RequestFacts,
  { kind, why }: FreeCall,
  layers: readonly LayerView[],
): readonly Deciding[] {
  const { action, principal } = facts.request;
  if (verdict === "implicitly denied" && (kind === "always" || !hasOwnCredentials(facts)))
    return [gap("identity", [], `${principal.kind} callers cannot call ${action}`)];
  const denials = verdict === "unknown" ? layers.flatMap((view) => matching(view, facts, "Deny")) : [];
  return [gap("identity", [], `${action} needs no permission: ${why}`), ...denials];
}

/** What else decides, of which nothing is known. */
function unseen(facts: RequestFacts, policies: Policies): readonly Deciding[] {
  const passage = unexpressed(facts, policies);
  const mayBeLinked = (policies.scps || policies.rcps) && scpsBind(facts) === UNKNOWN;
  return [
    ...(passage === undefined ? [] : [gap("resource", [], `${passage} also decides, and is not known`)]),
    ...(mayBeLinked
      ? [
          gap(
            "scp",
            [],
            "the role's ARN is not given, so it may be a service-linked role, which no control policy binds",
          ),
        ]
      : []),
  ];
}

function matching({ layer, policies }: LayerView, facts: RequestFacts, effect: "Allow" | "Deny"): readonly Deciding[] {
  const verb = effect === "Allow" ? "allows" : "denies";
  return statementsOf(policies)
    .filter((each) => each.effect === effect && matchStatement(each, facts, layer, "account") === YES)
    .map((each) => entry(layer, each, `${verb} ${facts.request.action}`));
}

function undecided({ layer, policies }: LayerView, facts: RequestFacts): readonly Deciding[] {
  const place = policyPlaceOf(facts, layer);
  const refused = policies.flatMap(({ refusals }) =>
    refusals.flatMap(({ policy, by }) => {
      const why = by.get(place);
      return why === undefined ? [] : [{ policy, layer, ...why, why: `AWS refuses the whole document: ${why.why}` }];
    }),
  );
  const open = statementsOf(policies)
    .filter(({ refusals }) => !refusals?.has(place))
    .filter((each) => matchStatement(each, facts, layer, "account") === UNKNOWN);
  return [...refused, ...open.map((each) => entry(layer, each, whyUnknown(each, facts, layer)))];
}

/** Sessions of unknown path can match surely as an account and only perhaps as a role; so an unknown counts as no gap. */
function allows({ layer, policies }: LayerView, facts: RequestFacts): boolean {
  return statementsOf(policies).some(
    (each) => each.effect === "Allow" && matchStatement(each, facts, layer, "account") !== NO,
  );
}

/** The statements that come nearest to allowing, else the layer as a whole. */
function gapsIn({ layer, policies, label }: LayerView, facts: RequestFacts): readonly Deciding[] {
  const misses = statementsOf(policies).flatMap((each) => {
    const isNear = each.effect === "Allow" && each.actions && matchActions(each.actions, facts) !== NO;
    const miss = isNear ? missOf(each, facts, layer) : undefined;
    if (miss === undefined) return [];
    const nearMiss = { ...entry(layer, each, `would allow, but ${miss.why}`), misses: miss.part };
    return [{ near: nearness(miss), entry: nearMiss }];
  });
  const nearest = Math.max(...misses.map(({ near }) => near));
  if (misses.length > 0) return misses.filter(({ near }) => near === nearest).map((miss) => miss.entry);
  const { action, resource, isSample } = facts.request;
  return [gap(layer, policies, `${label} allows ${action}${isSample ? "" : ` on ${quote(resource)}`}`)];
}

function rootRight({ request }: RequestFacts): readonly Deciding[] {
  return request.principal.kind === "root"
    ? [gap("identity", [], "the root user may do everything in its account")]
    : [];
}

function unanswerable(facts: RequestFacts): readonly Deciding[] {
  return facts.isOneAction ? [] : [gap("identity", [], `${quote(facts.request.action)} is not one action`)];
}

function gap(layer: Layer, policies: readonly CompiledPolicy[], why: string): Deciding {
  return { policy: policies.map(({ name }) => name).join(", "), layer, why };
}

function entry(layer: Layer, { policy, index, sid }: CompiledStatement, why: string): Deciding {
  return {
    policy,
    layer,
    ...(index === undefined ? {} : { statement: index }),
    ...(sid === undefined ? {} : { sid }),
    why,
  };
}

function statementsOf(policies: readonly CompiledPolicy[]): readonly CompiledStatement[] {
  return policies.flatMap(({ statements }) => statements);
}
