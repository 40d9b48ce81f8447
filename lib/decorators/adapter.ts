import 'reflect-metadata'
import { DeclarationError } from '../errors/errors'
import {
  type Class,
  type Declarations,
  type HookDeclaration,
  type PropertyDeclaration,
  declarationsOn,
  metadataSymbol,
} from '../metadata/declaration'

// Compilers write decorated classes so that they look for Symbol.metadata when the class is evaluated;
// Node 20 has none. See docs/decisions/0001-one-symbol-metadata.md.
if (Symbol.metadata === undefined) {
  Object.defineProperty(Symbol, 'metadata', { value: metadataSymbol })
}

/** The place of a property decorator, under either form of decorators. */
export interface Placement extends Omit<PropertyDeclaration, 'options'> {
  readonly declarations: Declarations
}

/** The arguments of a property decorator: `(prototype, name, descriptor?)` under legacy decorators, `(undefined, context)` under TC39 ones. */
export type PropertyArguments = readonly [target: unknown, property: unknown, descriptor?: unknown]

export function placementOf([target, property, descriptor]: PropertyArguments): Placement {
  return isContext(property)
    ? placementOfContext(property)
    : placementOfPrototype(target as object, property as string | symbol, descriptor)
}

type Context = ClassMemberDecoratorContext | ClassDecoratorContext

function isContext(value: unknown): value is ClassMemberDecoratorContext {
  return typeof value === 'object' && value !== null && 'kind' in value
}

function placementOfContext(context: ClassMemberDecoratorContext): Placement {
  return {
    declarations: declarationsOn(metadataOf(context)),
    property: context.name,
    designType: undefined,
    misplaced: misplacementOf(context),
  }
}

function metadataOf(context: Context): object {
  const metadata: unknown = context.metadata
  if (typeof metadata !== 'object' || metadata === null) {
    throw new DeclarationError(String(context.name), [
      {
        where: String(context.name),
        message:
          'the compiler emits no decorator metadata; import coodie before the class is evaluated, ' +
          'and compile for decorators of version 2022-03 or later',
      },
    ])
  }
  return metadata
}

function misplacementOf(context: ClassMemberDecoratorContext): Placement['misplaced'] {
  if (context.static) return 'static'
  if (context.kind === 'method') return 'method'
  if (context.kind !== 'field') return 'accessor'
  return context.private ? 'private' : undefined
}

function placementOfPrototype(
  target: object,
  property: string | symbol,
  descriptor: unknown,
): Placement {
  if (typeof descriptor === 'number') return placementOfParameter(target, property)
  const isStatic = typeof target === 'function'
  const given =
    (descriptor as PropertyDescriptor | undefined) ??
    Object.getOwnPropertyDescriptor(target, property)
  const misplaced = isStatic
    ? 'static'
    : given?.get !== undefined || given?.set !== undefined
      ? 'accessor'
      : typeof given?.value === 'function'
        ? 'method'
        : undefined
  return {
    declarations: declarationsOn(isStatic ? target : target.constructor),
    property,
    designType: Reflect.getMetadata('design:type', target, property) as unknown,
    misplaced,
  }
}

/** Returns the place of a parameter. For one of the constructor, `property` is undefined and the target is the class. */
function placementOfParameter(target: object, property: string | symbol | undefined): Placement {
  return {
    declarations: declarationsOn(typeof target === 'function' ? target : target.constructor),
    property: property ?? 'constructor',
    designType: undefined,
    misplaced: 'parameter',
  }
}

/** The place of a method decorator. */
export interface MethodPlacement extends Pick<HookDeclaration, 'method' | 'misplaced'> {
  readonly declarations: Declarations
}

/** Finds the place from `(prototype, name, descriptor)` under legacy decorators, `(method, context)` under TC39 ones. */
export function placementOfMethod([
  target,
  property,
  descriptor,
]: PropertyArguments): MethodPlacement {
  if (isContext(property)) {
    return {
      declarations: declarationsOn(metadataOf(property)),
      method: property.name,
      misplaced: property.static
        ? 'static'
        : property.private
          ? 'private'
          : property.kind === 'method' || property.kind === 'field'
            ? notMethod[property.kind]
            : 'accessor',
    }
  }
  const placed = placementOfPrototype(target as object, property as string | symbol, descriptor)
  const { declarations, misplaced } = placed
  return {
    declarations,
    method: placed.property,
    misplaced: misplaced === undefined ? 'field' : misplaced === 'method' ? undefined : misplaced,
  }
}

const notMethod = { method: undefined, field: 'field' } as const

/** Returns the declarations of a class from `(class)` under legacy decorators, `(class, context)` under TC39 ones. */
export function declarationsOfClass(target: Class, context: unknown): Declarations {
  return declarationsOn(isContext(context) ? metadataOf(context) : target)
}
