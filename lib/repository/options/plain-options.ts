/** Options of `toPlain` and `fromPlain`. */
export interface PlainOptions {
  /** The groups of `@Expose` and `@Transform` that count, and those of constraints; none unless given. */
  readonly groups?: readonly string[]
}
