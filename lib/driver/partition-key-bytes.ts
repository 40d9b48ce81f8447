/**
 * Returns the serialized form of a partition key: the bytes of its only component, or each component with its length
 * before it and a zero byte after it.
 */
export function partitionKeyBytes(components: readonly Buffer[]): Buffer {
  const [only, second] = components
  if (only !== undefined && second === undefined) return only
  const size = components.reduce((sum, { length }) => sum + length + 3, 0)
  const bytes = Buffer.allocUnsafe(size)
  let at = 0
  for (const component of components) {
    at = bytes.writeUInt16BE(component.length, at)
    at += component.copy(bytes, at)
    at = bytes.writeUInt8(0, at)
  }
  return bytes
}
