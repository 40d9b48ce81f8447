import type { MetadataStorage, ValidationError, ValidatorOptions } from 'class-validator'
import type { ValidationExecutor } from 'class-validator/types/validation/ValidationExecutor'
import type { Class } from '../metadata/declaration'

type Executor = new (validator: object, options: ValidatorOptions) => ValidationExecutor

/** What the decorators of class-validator recorded; undefined where no file has loaded it. */
function storage(): MetadataStorage | undefined {
  return (globalThis as { classValidatorMetadataStorage?: MetadataStorage })
    .classValidatorMetadataStorage
}

/** All constraints of a class and its bases. */
export function constraintsOf(target: Class) {
  return (
    storage()?.getTargetValidationMetadatas(target, undefined as unknown as string, false, false) ??
    []
  )
}

/** The names under which constraints of the elements of a property, and not of the whole, are told. */
export function elementConstraintsOf(target: Class, property: string): ReadonlySet<string> {
  return new Set(
    constraintsOf(target)
      .filter(({ propertyName, each }) => propertyName === property && each)
      .flatMap(({ constraintCls, type }) =>
        (storage()?.getTargetValidatorConstraints(constraintCls) ?? []).map(
          ({ name }) => name ?? type,
        ),
      ),
  )
}

/** What was found so far, and what asynchronous constraints still add to it. */
export interface Findings {
  readonly errors: ValidationError[]
  readonly pending: readonly Promise<unknown>[]
}

/** Runs the constraints of an instance's class. */
export function findProblems(instance: object, options: ValidatorOptions): Findings {
  const { Validator } = require('class-validator') as typeof import('class-validator')
  // Its own `validate` is a promise even where nothing is asynchronous, and `validateSync` leaves constraints out.
  const { ValidationExecutor } = require('class-validator/cjs/validation/ValidationExecutor') as {
    ValidationExecutor: Executor
  }
  const executor = new ValidationExecutor(new Validator(), {
    // Constraints without groups count under any, as properties without groups are exposed under any.
    always: true,
    ...options,
    forbidUnknownValues: false,
  })
  const errors: ValidationError[] = []
  executor.execute(instance, undefined as unknown as string, errors)
  return { errors, pending: executor.awaitingPromises }
}
