import { type Class, type Declarations, ownDeclarations } from './declaration'
import type { EntityMetadata } from './entity-metadata'

/** Returns the class with `@TableInheritance` that a class derives from; `undefined` if there is no such class. */
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

/** Tells a class with `@ChildEntity`, which shares its table. */
export function isChild({ target, inheritance }: EntityMetadata): boolean {
  return inheritance !== undefined && inheritance.base.target !== target
}

export function isDerived(target: Class, base: Class): boolean {
  return (target.prototype as object) instanceof base
}
