/** The most bytes of a window: a text of 13 characters and more keeps the whole window alive. */
const windowSize = 4096

/** The most bytes of a text that is cut out of a window; a longer one costs less by itself. */
const maxCut = 48

/** The most bytes of a text that is read byte by byte. */
const maxShort = 7

/** The bytes of which texts are being read; undefined between answers. */
let frame: Buffer | undefined
let frameEnd = 0
/** The window: the characters of the bytes from `from` to `to`, each byte one character. */
let chars = ''
let from = 0
let to = 0

/**
 * Calls `read`, which reads many texts of `bytes`, none of them beyond `end`. One way into the engine then serves all
 * the ASCII texts of some kilobytes, which takes a third of the time. Calls can be nested.
 */
export function readingTexts<T>(bytes: Buffer, end: number, read: () => T): T {
  if (frame !== undefined) return read()
  frame = bytes
  frameEnd = end
  try {
    return read()
  } finally {
    frame = undefined
    chars = ''
    from = to = 0
  }
}

/** Reads a text. */
export function readText(bytes: Buffer, at: number, length: number): string {
  const end = at + length
  if (length > maxShort) {
    return frame === bytes && length <= maxCut && isAscii(bytes, at, end)
      ? cut(bytes, at, end)
      : bytes.toString('utf8', at, end)
  }
  let result = ''
  for (let i = at; i < end; i++) {
    const byte = bytes[i] ?? 0
    if (byte > 127) return bytes.toString('utf8', at, end)
    result += String.fromCharCode(byte)
  }
  return result
}

function isAscii(bytes: Buffer, at: number, end: number): boolean {
  let all = 0
  for (let i = at; i < end; i++) all |= bytes[i] ?? 0
  return all < 128
}

function cut(bytes: Buffer, at: number, end: number): string {
  if (at < from || end > to) {
    from = at
    to = Math.max(end, Math.min(frameEnd, at + windowSize))
    chars = bytes.toString('latin1', from, to)
  }
  return chars.substring(at - from, end - from)
}
