import type { ClassDeclaration, ClassDecorator } from '../declaration'
import { boolean, oneOf, text } from '../../errors/option-checks'
import type { Construct } from '../construction'
import { type Checks, type Values, anything, functionThat, readOptions } from '../read-options'
import { tableOptionChecks } from '../table-options'
import { refuseValidation } from '../validation-options'

const construct = functionThat<Construct>('returns an instance of the class')

/** The options of each class decorator. */
const checks = {
  Entity: {
    name: text,
    keyspace: text,
    trackChanges: boolean,
    validate: refuseValidation,
    construct,
    ...tableOptionChecks,
  },
  MaterializedView: {
    name: text,
    from: anything,
    validate: refuseValidation,
    construct,
    ...tableOptionChecks,
  },
  TableInheritance: { column: anything, value: anything, unknown: oneOf(['error', 'base']) },
  ChildEntity: { value: anything, construct },
  UserDefinedType: { name: text, construct },
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
  return readOptions(declaration?.options, checks[decorator], {
    owner: `@${decorator}()`,
    tell,
    words: 'table',
  })
}
