/** Freezes plain data. Instances of classes inside are shared and not frozen. */
export function deepFreeze<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value
  const prototype: unknown = Object.getPrototypeOf(value)
  if (prototype !== Object.prototype && prototype !== Array.prototype && prototype !== null) {
    return value
  }
  Object.freeze(value)
  for (const each of Object.values(value)) deepFreeze(each)
  return value
}
