import colors from 'picocolors'
import { visible } from './visible'

/** A cell, and the side on which it stands. */
export interface Cell {
  readonly text: string
  readonly isRight?: boolean
}

/** Prints rows below their titles. Control characters and line breaks in cells are escaped. */
export function printTable(titles: readonly string[], rows: readonly (readonly Cell[])[]): string {
  const head = titles.map((title, i) => ({
    text: onOneLine(title),
    isRight: rows.length > 0 && rows.every((row) => row[i]?.isRight === true),
  }))
  const cells = rows.map((row) => row.map((cell) => ({ ...cell, text: onOneLine(cell.text) })))
  const widths = head.map((_, i) =>
    Math.max(...[head, ...cells].map((row) => widthOf(row[i]?.text ?? ''))),
  )
  const lineOf = (row: readonly Cell[]) =>
    row
      .map((cell, i) => pad(cell, widths[i] ?? 0))
      .join('  ')
      .trimEnd()
  return [
    colors.bold(lineOf(head)),
    colors.dim(widths.map((width) => '-'.repeat(width)).join('  ')),
    ...cells.map(lineOf),
  ].join('\n')
}

function onOneLine(text: string): string {
  return visible(text).replaceAll('\n', '\\n').replaceAll('\t', '\\t')
}

/** The characters that take two columns of a terminal. */
const wide =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Emoji_Presentation}\u3000-\u303F\uFF01-\uFF60]/u

function widthOf(text: string): number {
  return [...text.replaceAll(/\p{M}/gu, '')].reduce(
    (sum, character) => sum + (wide.test(character) ? 2 : 1),
    0,
  )
}

function pad({ text, isRight = false }: Cell, width: number): string {
  const blank = ' '.repeat(Math.max(0, width - widthOf(text)))
  return isRight ? blank + text : text + blank
}
