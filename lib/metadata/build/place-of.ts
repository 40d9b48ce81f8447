import type { Class, Declarations, EntityDeclaration } from '../declaration'
import type { Problem } from './declared-properties'
import { baseOf } from '../single-table'

/** Where the rows of a class are: which class names the table or view, and how. */
export interface Place {
  readonly target: Class
  readonly declaration: EntityDeclaration
}

/** What cannot stand together on one class. */
const exclusions = [
  ['entity', 'view', 'has @Entity() and @MaterializedView(); keep one of them'],
  [
    'entity',
    'child',
    'has @ChildEntity(), which puts it in the table of its base; leave @Entity() out',
  ],
  ['view', 'child', 'has @MaterializedView() and @ChildEntity(); keep one of them'],
  ['inheritance', 'child', 'has @ChildEntity(), and @TableInheritance() belongs on the base alone'],
  [
    'inheritance',
    'view',
    'is a view, which cannot hold several classes; leave @TableInheritance() out',
  ],
] as const satisfies readonly (readonly [keyof Declarations, keyof Declarations, string])[]

/** Where the rows of `target` are; what is wrong with it `problem` is told. */
export function placeOf(target: Class, own: Declarations, problem: Problem): Place {
  for (const [one, other, message] of exclusions) {
    if (own[one] !== undefined && own[other] !== undefined) problem('', message)
  }
  const base = baseOf(target)
  const { entity, view, child } = own
  if (view !== undefined) return { target, declaration: view }
  if (child !== undefined) {
    if (base === undefined) {
      problem(
        '',
        'has @ChildEntity(), and no class that it is derived from has @TableInheritance(); put it on the base',
      )
    }
    const declaration = base?.declarations.entity
    return { target: base?.target ?? target, declaration: declaration ?? nameless }
  }
  if (entity !== undefined) return { target, declaration: entity }
  problem(
    '',
    own.inheritance !== undefined
      ? 'has @TableInheritance() and no table; put @Entity() on the class too'
      : base === undefined
        ? 'is not an entity; put @Entity() on the class'
        : 'is not an entity; put @ChildEntity(value) on the class, or @Entity() for a table of its own',
  )
  return { target, declaration: nameless }
}

const nameless: EntityDeclaration = { options: {} }
