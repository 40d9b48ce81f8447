/** An answer of a server that does not end where its frame ends, or that cannot be read. */
export class DamagedFrame extends Error {
  override readonly name = 'DamagedFrame'
}
