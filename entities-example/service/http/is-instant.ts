import { ValidateBy, isISO8601 } from 'class-validator'

/** A time of a day that the calendar has, in UTC, such as 2001-02-14T09:30Z. */
export function IsInstant(): PropertyDecorator {
  return ValidateBy({
    name: 'isInstant',
    validator: {
      validate: (value: unknown) =>
        typeof value === 'string' &&
        /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d{3})?)?Z$/u.test(value) &&
        isISO8601(value, { strict: true }) &&
        !Number.isNaN(Date.parse(value)),
      defaultMessage: () => '$property must be a time in UTC such as 2001-02-14T09:30Z',
    },
  })
}
