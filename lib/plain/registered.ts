import type { TransformFn } from './class-transformer'

/** The functions that coodie gave class-transformer, told apart from the user's. */
const ours = new WeakSet<TransformFn>()

export function isOurs(transform: TransformFn): boolean {
  return ours.has(transform)
}

export function markOurs(transform: TransformFn): TransformFn {
  ours.add(transform)
  return transform
}
