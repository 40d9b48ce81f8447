import {
  type Class,
  type ColumnDeclaration,
  type ClassDeclaration,
  type Declarations,
  type PropertyDeclaration,
  noDeclarations,
  ownDeclarations,
} from '../declaration'

/** Reports a problem of a property, or of the class itself if the property is `''`. */
export type Problem = (property: string, message: string) => void

/** A declaration whose property is a string; symbols are refused. */
export type Named<D> = D & { readonly property: string }

/** Returns the declarations of a class and its bases, the base first and the class itself last. */
export function chainOf(target: Class): readonly Declarations[] {
  const chain: Declarations[] = []
  for (
    let each: unknown = target;
    typeof each === 'function' && each !== Function.prototype;
    each = Object.getPrototypeOf(each)
  ) {
    const declarations = ownDeclarations(each as Class)
    if (each === target) chain.unshift(declarations ?? noDeclarations())
    else if (declarations !== undefined) chain.unshift(declarations)
  }
  return chain
}

/** Returns the columns or fields of all classes. A redeclared one takes the place of the one in the base. */
export function declaredProperties<D extends PropertyDeclaration>(
  chain: readonly (readonly D[])[],
  what: 'column' | 'field',
  problem: Problem,
): readonly Named<D>[] {
  const found = new Map<string, Named<D>>()
  for (const declarations of chain) {
    const ofThisClass = new Set<string>()
    for (const declaration of declarations) {
      const { property, misplaced } = declaration
      if (typeof property !== 'string') {
        problem(String(property), `a ${what} needs a property with a name, not a symbol`)
        continue
      }
      if (ofThisClass.has(property) && misplaced !== 'parameter') {
        problem(property, `is declared as a ${what} twice; keep one of the decorators`)
        continue
      }
      ofThisClass.add(property)
      found.set(property, { ...declaration, property })
    }
  }
  return [...found.values()]
}

/** Returns the declaration of a column in a class, or in the nearest base. */
export function columnDeclarationOf(
  target: Class,
  property: string,
): ColumnDeclaration | undefined {
  let found: ColumnDeclaration | undefined
  for (const each of chainOf(target).flatMap(({ columns }) => columns)) {
    if (each.property === property) found = each
  }
  return found
}

/** Returns an option of a declaration, as given. */
export function optionOf(declaration: ClassDeclaration | undefined, name: string): unknown {
  const options = declaration?.options
  return typeof options === 'object' && options !== null && Object.hasOwn(options, name)
    ? (options as Readonly<Record<string, unknown>>)[name]
    : undefined
}

/** Reports the class decorators that stand on a class more than once. */
export function tellRepeated({ repeated }: Declarations, problem: Problem): void {
  for (const decorator of new Set(repeated)) {
    problem('', `has @${decorator}() twice; keep one of the decorators`)
  }
}
