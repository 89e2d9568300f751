// Stands in for static/shared/reduce_operators.ts: a visitor is told none of it.
export function operatorsEvent<S>(state: S): S {
  return state;
}
