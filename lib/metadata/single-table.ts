import { type Class, type Declarations, ownDeclarations } from './declaration'
import type { EntityMetadata } from './entity-metadata'

/** The class with `@TableInheritance` that a class is derived from; undefined when there is none. */
export function baseOf(
  target: Class,
): { readonly target: Class; readonly declarations: Declarations } | undefined {
  for (
    let each: unknown = Object.getPrototypeOf(target);
    typeof each === 'function' && each !== Function.prototype;
    each = Object.getPrototypeOf(each)
  ) {
    const declarations = ownDeclarations(each as Class)
    if (declarations?.inheritance !== undefined) return { target: each as Class, declarations }
  }
  return undefined
}

/** True for a class with `@ChildEntity`: its rows are in a table with others. */
export function isChild({ target, inheritance }: EntityMetadata): boolean {
  return inheritance !== undefined && inheritance.base.target !== target
}

export function isDerived(target: Class, base: Class): boolean {
  return (target.prototype as object) instanceof base
}
