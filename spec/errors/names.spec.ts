import * as errors from '../../lib/errors/errors'

/** An instance of each class, as a minifier would leave it: without its name. */
const made: Readonly<Record<string, Error>> = {
  CoodieError: new errors.CoodieError('SCHEMA', 'x'),
  DeclarationError: new errors.DeclarationError('Product', []),
  StatementError: new errors.StatementError('x'),
  ValueError: new errors.ValueError('Product', 'price', 'x'),
  ValidationError: new errors.ValidationError('Product', []),
  EntityNotFoundError: new errors.EntityNotFoundError('Product'),
  MultipleEntitiesFoundError: new errors.MultipleEntitiesFoundError('Product'),
  ExecutionError: new errors.ExecutionError('server', 'x', {}),
  MassWriteError: new errors.MassWriteError('Product', [], 0, 0),
  LwtOutcomeUnknownError: new errors.LwtOutcomeUnknownError(undefined, { cause: undefined }),
  OptimisticLockError: new errors.OptimisticLockError('Product', 'gone', null),
  SchemaError: new errors.SchemaError('x'),
  MigrationError: new errors.MigrationError('x'),
}

it('every class has its name as a literal, which a minifier keeps', () => {
  expect(Object.keys(made).sort()).toEqual(Object.keys(errors).sort())
  for (const [name, error] of Object.entries(made)) {
    expect(error.name).toBe(name)
    expect(error).toBeInstanceOf(errors.CoodieError)
  }
})

it('a class without a name of its own has that of its error', () => {
  const Renamed = class extends errors.StatementError {}
  Object.defineProperty(Renamed, 'name', { value: 't' })
  expect(new Renamed('x').name).toBe('StatementError')
})
