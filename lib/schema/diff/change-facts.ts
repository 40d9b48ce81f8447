import type { Change } from './change'
import { changeKinds, stages } from './change-kinds'

/** The changes in the order in which they can be executed. */
export function inOrder(changes: readonly Change[]): readonly Change[] {
  const place = ({ kind }: Change) => stages.indexOf(changeKinds[kind].stage)
  return [...changes].sort((a, b) => place(a) - place(b))
}

/** Tells whether reads and writes of the classes work as declared without a change. */
export function isHarmless({ kind }: Change): boolean {
  return changeKinds[kind].isHarmless
}

/** Returns what a change concerns; 'key' for the columns of the key and their order. */
export function subjectOf({ kind }: Change): (typeof changeKinds)[typeof kind]['concerns'] {
  return changeKinds[kind].concerns
}

/** The reason of a change and what to do, for a change that `sync` refuses. */
export function refusal({ kind, reason }: Change): string {
  const { remedy } = changeKinds[kind]
  return remedy === '' ? reason : `${reason}; ${remedy}`
}

/** Says what the statement of a change did: `created table products`. */
export function actionOf(change: Change): string {
  return changeKinds[change.kind].done(change)
}
