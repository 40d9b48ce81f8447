import type { MetadataStorage, ValidationError, ValidatorOptions } from 'class-validator'
import type { ValidationExecutor } from 'class-validator/types/validation/ValidationExecutor'
import { StatementError } from '../errors/errors'
import type { Class } from '../metadata/declaration'
import { isInstalled, knowsLoadedModules, loadedCopies } from '../metadata/loaded-packages'

type Executor = new (validator: object, options: ValidatorOptions) => ValidationExecutor

/** The recorded decorators of class-validator, which all of its copies share; undefined if nobody has loaded it. */
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

/** The names of the constraints that concern the elements of a property, not the whole. */
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

/** The problems found so far, and promises of asynchronous constraints, which add to them. */
export interface Findings {
  readonly errors: ValidationError[]
  readonly pending: readonly Promise<unknown>[]
}

/** The two classes of class-validator that run constraints. */
interface Runner {
  readonly Validator: new () => object
  readonly ValidationExecutor: Executor
}

interface MetadataModule {
  getMetadataStorage(): MetadataStorage
}

/** The runner of each storage: looking among the loaded modules takes too long for every write. */
const runners = new WeakMap<MetadataStorage, Runner>()

function copies() {
  return loadedCopies('class-validator', 'cjs/metadata/MetadataStorage')
}

/**
 * Throws `StatementError` if a copy of class-validator is loaded that does not share what it recorded with the others,
 * as old versions do not.
 */
export function requireSharedStorage(): void {
  const loaded = copies()
  const isShared = loaded.every(
    ({ load }) =>
      (load('cjs/metadata/MetadataStorage') as MetadataModule).getMetadataStorage() === storage(),
  )
  if (isShared) return
  throw new StatementError(
    'several copies of class-validator are loaded, and the decorators of one mean nothing to the others: ' +
      `${loaded.map(({ folder }) => folder).join(', ')}; install one copy for all (npm dedupe)`,
  )
}

/** Returns the runner of the copy that the application loaded, which knows its container too. */
function runnerOf(used: MetadataStorage): Runner {
  let runner = runners.get(used)
  if (runner === undefined) {
    const [copy] = copies()
    runner =
      copy === undefined
        ? bundledRunner()
        : {
            ...(copy.load('cjs/validation/Validator') as Pick<Runner, 'Validator'>),
            ...(copy.load('cjs/validation/ValidationExecutor') as Pick<
              Runner,
              'ValidationExecutor'
            >),
          }
    runners.set(used, runner)
  }
  return runner
}

/** Returns the copy that a bundler put beside coodie. Throws `StatementError` if the bundle hides it. */
function bundledRunner(): Runner {
  // Inside of `try`: then bundlers accept that the package is not installed.
  try {
    return {
      ...(require('class-validator') as Pick<Runner, 'Validator'>),
      ...(require('class-validator/cjs/validation/ValidationExecutor') as Pick<
        Runner,
        'ValidationExecutor'
      >),
    }
  } catch (error) {
    throw new StatementError(
      'class-validator was bundled in a way that hides its validators from coodie; ' +
        'leave class-validator out of the bundle (external)',
      { cause: error },
    )
  }
}

/** Throws `StatementError` if validation is asked for and class-validator is not installed. */
export function requireValidator(): void {
  if (storage() !== undefined || !knowsLoadedModules() || isInstalled('class-validator')) return
  throw new StatementError('validate needs class-validator: npm install class-validator')
}

/** Runs the constraints of an instance's class. */
export function findProblems(instance: object, options: ValidatorOptions): Findings {
  const recorded = storage()
  if (recorded === undefined) return { errors: [], pending: [] }
  // Its own `validate` is a promise even where nothing is asynchronous, and `validateSync` leaves constraints out.
  const { Validator, ValidationExecutor } = runnerOf(recorded)
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
