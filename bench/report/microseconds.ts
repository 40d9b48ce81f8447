/** Microseconds to three digits, in a unit that suits them. */
export function microseconds(value: number): string {
  if (value >= 1e6) return `${digits(value / 1e6)} s`
  if (value >= 1000) return `${digits(value / 1000)} ms`
  if (value >= 1) return `${digits(value)} µs`
  return `${digits(value * 1000)} ns`
}

function digits(value: number): string {
  if (value >= 100) return value.toFixed(0)
  return value >= 10 ? value.toFixed(1) : value.toFixed(2)
}
