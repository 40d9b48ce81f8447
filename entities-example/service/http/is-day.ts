import { ValidateBy, isISO8601 } from 'class-validator'

/** A day that the calendar has, such as 2001-02-14. */
export function IsDay(): PropertyDecorator {
  return ValidateBy({
    name: 'isDay',
    validator: {
      validate: (value: unknown) =>
        typeof value === 'string' &&
        /^\d{4}-\d\d-\d\d$/u.test(value) &&
        isISO8601(value, { strict: true }),
      defaultMessage: () => '$property must be a day such as 2001-02-14',
    },
  })
}
