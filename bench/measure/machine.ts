import { readFileSync, readdirSync } from 'node:fs'
import { cpus } from 'node:os'

/** CPU time since the start of the machine, in clock ticks of 10 ms. */
interface Ticks {
  /** The CPU time of all processes. */
  readonly busy: number
  /** The CPU time of this process and its descendants, the server among them. */
  readonly ours: number
  readonly at: bigint
}

/** Measures how much of the machine other processes use. */
export class MachineLoad {
  #last = readTicks()

  /**
   * Returns the share of the CPU time since the last call that processes other than ours used, from 0 to 1; undefined
   * where it is not known: without `/proc`.
   */
  ofOthers(): number | undefined {
    const [before, now] = [this.#last, readTicks()]
    this.#last = now
    if (before === undefined || now === undefined) return undefined
    const ticks = (Number(now.at - before.at) / 1e7) * cpus().length
    const others = now.busy - before.busy - (now.ours - before.ours)
    return ticks === 0 ? undefined : Math.min(Math.max(others / ticks, 0), 1)
  }
}

function readTicks(): Ticks | undefined {
  try {
    const [, user, nice, system, , , irq, softirq, steal] = readFileSync('/proc/stat', 'utf8')
      .slice(0, 400)
      .split(/\s+/u, 9)
      .map(Number)
    const busy = [user, nice, system, irq, softirq, steal].reduce<number>((a, b = 0) => a + b, 0)
    return { busy, ours: ticksOfTree(process.pid), at: process.hrtime.bigint() }
  } catch {
    return undefined
  }
}

/** The ticks of a process, of its descendants, and of those descendants that have ended. */
function ticksOfTree(root: number): number {
  const processes = readdirSync('/proc').flatMap((name) => {
    const stat = /^\d+$/u.test(name) ? statOf(name) : undefined
    return stat === undefined ? [] : [stat]
  })
  const ticksOf = (pid: number): number =>
    processes.reduce((sum, { id, parent, ticks }) => {
      if (id === pid) return sum + ticks
      return parent === pid ? sum + ticksOf(id) : sum
    }, 0)
  return ticksOf(root)
}

/** Reads `/proc/<id>/stat`; undefined if the process has ended. */
function statOf(id: string): { id: number; parent: number; ticks: number } | undefined {
  try {
    const text = readFileSync(`/proc/${id}/stat`, 'utf8')
    // The name of the program, in brackets, may have blanks and brackets.
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
    const [parent, ...times] = [1, 11, 12, 13, 14].map((at) => Number(fields[at]))
    return { id: Number(id), parent: parent ?? 0, ticks: times.reduce((a, b) => a + b, 0) }
  } catch {
    return undefined
  }
}
