import colors from 'picocolors'
import type { MigrationProgress } from '../../migration/index'
import { tell } from '../output'
import { visible } from '../visible'

/** Shows the step of a run. */
export interface ProgressLine {
  readonly show: (progress: MigrationProgress) => void
  /** Prints a line above the progress. */
  readonly print: (text: string) => void
  /** Removes the progress from the terminal. */
  readonly clear: () => void
}

/** Shows progress on the error output: in one line that changes on a terminal, else in one line for each step. */
export function progressLine(): ProgressLine {
  const { stderr } = process
  const clear = () => {
    if (stderr.isTTY) stderr.write('\r\u001B[K')
  }
  return {
    clear,
    show(progress) {
      const line = describe(progress)
      if (stderr.isTTY) stderr.write(`\r\u001B[K${colors.dim(line)}`)
      else if (progress.fraction === undefined) tell(line)
    },
    print(text) {
      clear()
      tell(visible(text))
    },
  }
}

function describe({ version, title, step, steps, fraction }: MigrationProgress): string {
  const done = fraction === undefined ? '' : `, ${Math.floor(fraction * 100)} %`
  return visible(`${version}-${title}: step ${step} of ${steps}${done}`)
}
