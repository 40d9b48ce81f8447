import type { ClassDecorator, Declarations } from '../metadata/declaration'

/** The place of the declaration of each class decorator. */
const places = {
  Entity: 'entity',
  MaterializedView: 'view',
  TableInheritance: 'inheritance',
  ChildEntity: 'child',
  UserDefinedType: 'userType',
} as const satisfies Record<ClassDecorator, keyof Declarations>

/** Records a decorator that a class may have once. A second one is noted, and refused with the metadata. */
export function recordOnce(
  declarations: Declarations,
  decorator: ClassDecorator,
  options: unknown,
): void {
  const place = places[decorator]
  if (declarations[place] === undefined) declarations[place] = { options }
  else declarations.repeated.push(decorator)
}
