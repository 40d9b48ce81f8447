import { type Class, type Declarations, nameOf } from '../declaration'
import type { DeclaredColumn } from './column-options'
import { type Problem, chainOf } from './declared-properties'
import { baseOf } from '../single-table'

/** Returns the property of `@VersionColumn()`, `undefined` if there is no version, and reports its problems. */
export function versionProperty(
  target: Class,
  declared: readonly DeclaredColumn[],
  own: Declarations,
  problem: Problem,
): string | undefined {
  const [first, ...others] = declared.filter(({ isVersion }) => isVersion)
  if (first === undefined) return undefined
  for (const { property } of others) {
    problem(property, `is a second version, beside '${first.property}'; keep one @VersionColumn()`)
  }
  if (own.view !== undefined) {
    problem(
      first.property,
      `is the version of a view, which is never written; write @Column('int')`,
    )
  }
  if (own.child !== undefined && !isOfBase(target, first.property)) {
    problem(
      first.property,
      `is a version in a @ChildEntity(), but all rows of a table must have it; declare it in ${nameOf(baseOf(target)?.target ?? target)}`,
    )
  }
  return first.property
}

/** Tells whether the class with the table, or a base of it, declares the version. */
function isOfBase(target: Class, property: string): boolean {
  const base = baseOf(target)?.target
  if (base === undefined) return true
  return chainOf(base).some(({ columns }) =>
    columns.some((each) => each.property === property && each.decorator === 'VersionColumn'),
  )
}

/** Tells whether saves send changes only, and reports the problems of that. */
export function checkTracking(
  given: boolean | undefined,
  { own, declared }: { readonly own: Declarations; readonly declared: readonly DeclaredColumn[] },
  problem: Problem,
): boolean {
  if (given !== true) return false
  if (own.view === undefined && declared.some(({ isCounter }) => isCounter)) {
    problem('', 'has counters, which are never saved; leave trackChanges out')
  }
  return true
}
