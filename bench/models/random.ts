/** Random values that are the same for the same seed. */
export interface Random {
  /** A whole number from 0 to `below` - 1. */
  int(below: number): number
  /** A uuid of version 4, as text. */
  uuid(): string
  /** A word of lower-case letters. */
  word(length: number): string
}

/** Mulberry32: small, quick and good enough for test data. */
export function randomOf(seed: number): Random {
  let state = seed | 0
  const next = () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return (t ^ (t >>> 14)) >>> 0
  }
  const int = (below: number) => next() % below
  const hex = () => next().toString(16).padStart(8, '0')
  return {
    int,
    word: (length) => Array.from({ length }, () => String.fromCodePoint(97 + int(26))).join(''),
    uuid: () => {
      const digits = hex() + hex() + hex() + hex()
      const variant = '89ab'[int(4)]
      return (
        `${digits.slice(0, 8)}-${digits.slice(8, 12)}-4${digits.slice(13, 16)}-` +
        `${variant}${digits.slice(17, 20)}-${digits.slice(20)}`
      )
    },
  }
}
