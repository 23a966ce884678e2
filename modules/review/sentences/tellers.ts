import type { AccessChangeKind, ChangeOf } from "../access-change";

/** One line for each of these kinds, without a full stop; names from outside are quoted and harmless in a terminal. */
export type Sentences<K extends AccessChangeKind> = { readonly [Each in K]: (change: ChangeOf<Each>) => string };

/** What follows the person's name, or several names where `many`; undefined where the change is about nobody in particular. */
export type Predicates<K extends AccessChangeKind> = {
  readonly [Each in K]: (change: ChangeOf<Each>, many: boolean) => string | undefined;
};
