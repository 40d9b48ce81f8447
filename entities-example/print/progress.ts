import { duration, isTerminal, thousands } from './terminal'

const plainStep = 10_000

/** Tells how far a long task has come: on one line of a terminal, elsewhere now and then on a line of its own. */
export function progress(label: string, total: number): (done: number) => void {
  const started = performance.now()
  let told = 0
  return (done) => {
    const isDone = done === total
    const count = isDone ? thousands(total) : `${thousands(done)} of ${thousands(total)}`
    const time = duration(performance.now() - started)
    const line = `  ${label.padEnd(16)} ${count.padStart(16)} ${time.padStart(9)}`
    if (isTerminal) {
      process.stdout.write(`\r${line}\u001b[K${isDone ? '\n' : ''}`)
    } else if (isDone || done - told >= plainStep) {
      told = done
      console.log(line)
    }
  }
}
