import { mkdir, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { firstLine } from '../errors/first-line'
import { CommandError } from './command-error'

/** Writes a file, and the folders around it if they do not exist. Throws `CommandError` if that fails. */
export async function writeOutput(file: string, content: string): Promise<void> {
  try {
    await mkdir(dirname(file), { recursive: true })
    await writeFile(file, content)
  } catch (error) {
    throw new CommandError(2, `cannot write ${file}: ${firstLine(error)}`, { cause: error })
  }
}
