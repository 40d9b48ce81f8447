import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { type Mode, compilers, useConsumer } from './compiler'

const consumer = useConsumer()

/** The cases of both modes and those of one: all that is wrong in them is expected. */
function casesOf(mode: Mode): readonly string[] {
  return ['both', mode].flatMap((folder) =>
    readdirSync(join(__dirname, 'cases', folder)).map((file) => `cases/${folder}/${file}`),
  )
}

describe.each(compilers)('%s', (compiler) => {
  it.each(['legacy', 'tc39'] as const)('accepts and refuses with %s decorators', (mode) => {
    expect(consumer.compile(compiler, mode, casesOf(mode))).toEqual([])
  })
})
