import type { Construct } from '../construction'
import { type ClassOptions, readClassOptions } from './class-options'
import type { Class, Declarations } from '../declaration'
import { type Problem, tellRepeated } from './declared-properties'
import { baseOf } from '../single-table'
import { refuseMinified } from './refuse-minified'

/** The class that names the table or view of another, with the options of its decorator. */
export interface Place {
  readonly target: Class
  readonly options: ClassOptions<'Entity'> & ClassOptions<'MaterializedView'>
  /** The decorator of the class itself. */
  readonly decorator: '@Entity' | '@MaterializedView' | '@ChildEntity'
  /** The option `construct` of that decorator. */
  readonly construct: Construct | undefined
}

/** The decorators that cannot stand together on one class. */
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

/** Finds the class that names the table or view of `target`. */
export function placeOf(target: Class, own: Declarations, problem: Problem): Place {
  for (const [one, other, message] of exclusions) {
    if (own[one] !== undefined && own[other] !== undefined) problem('', message)
  }
  tellRepeated(own, problem)
  const base = baseOf(target)
  const { entity, view, child } = own
  const tell = (message: string) => problem('', message)
  if (view !== undefined) {
    const options = readClassOptions('MaterializedView', view, tell)
    refuseMinified(target, options, "@MaterializedView({ name: 'products_by_brand', from })", tell)
    return { target, options, decorator: '@MaterializedView', construct: options.construct }
  }
  if (child !== undefined) {
    if (base === undefined) {
      problem(
        '',
        'has @ChildEntity(), and no class that it is derived from has @TableInheritance(); put it on the base',
      )
    }
    const options = readClassOptions('Entity', base?.declarations.entity, tell)
    const { construct } = readClassOptions('ChildEntity', child, tell)
    refuseMinified(base?.target ?? target, options, "@Entity('products')", tell)
    return { target: base?.target ?? target, options, decorator: '@ChildEntity', construct }
  }
  if (entity !== undefined) {
    const options = readClassOptions('Entity', entity, tell)
    refuseMinified(target, options, "@Entity('products')", tell)
    return { target, options, decorator: '@Entity', construct: options.construct }
  }
  problem(
    '',
    own.inheritance !== undefined
      ? 'has @TableInheritance() and no table; put @Entity() on the class too'
      : base === undefined
        ? 'is not an entity; put @Entity() on the class'
        : 'is not an entity; put @ChildEntity(value) on the class, or @Entity() for a table of its own',
  )
  return { target, options: {}, decorator: '@Entity', construct: undefined }
}
