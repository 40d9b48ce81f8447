import type { ClassDeclaration, ClassDecorator } from '../declaration'
import { type Checks, type Values, anything, flag, oneOf, readOptions, text } from '../read-options'
import { tableOptionChecks } from '../table-options'

/** The options of each class decorator. */
const checks = {
  Entity: {
    name: text,
    keyspace: text,
    trackChanges: flag,
    validate: anything,
    ...tableOptionChecks,
  },
  MaterializedView: { name: text, from: anything, validate: anything, ...tableOptionChecks },
  TableInheritance: { column: anything, value: anything, unknown: oneOf('error', 'base') },
  ChildEntity: { value: anything },
  UserDefinedType: { name: text },
} as const satisfies Record<ClassDecorator, Checks>

type Decorator = ClassDecorator

/** The accepted options of a class decorator. */
export type ClassOptions<D extends Decorator> = Values<(typeof checks)[D]>

/** Reads the options of a class decorator. */
export function readClassOptions<D extends Decorator>(
  decorator: D,
  declaration: ClassDeclaration | undefined,
  tell: (message: string) => void,
): ClassOptions<D> {
  return readOptions(declaration?.options, checks[decorator], { owner: `@${decorator}()`, tell })
}
