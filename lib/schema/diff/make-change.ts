import type { Change, SchemaChangeKind } from './change'
import { type ChangeKind, changeKinds } from './change-kinds'
import type { ChangeSubjects, Place } from './change-subjects'

/**
 * A change with its statement, safety and reason. `obstacle` continues the reason and says why the statement of the
 * kind cannot be executed here: the change then has no statement.
 */
export function makeChange<K extends SchemaChangeKind>(
  kind: K,
  place: Place,
  subject: ChangeSubjects[K],
  obstacle?: string,
): Change {
  const row: ChangeKind<ChangeSubjects[K]> = changeKinds[kind]
  const of = { ...subject, ...place }
  const cql = obstacle === undefined ? row.cql(of) : undefined
  const safety = typeof row.safety === 'string' ? row.safety : row.safety(subject)
  return {
    kind,
    ...place,
    cql: cql ?? '',
    reverse: cql === undefined ? undefined : row.reverse(of),
    // A removal without a statement stays undone; any other change without one is refused.
    safety: cql === undefined && row.safety !== 'destructive' ? 'impossible' : safety,
    reason: `${row.reason(of)}${obstacle ?? ''}`,
  }
}
