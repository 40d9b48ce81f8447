// Runs main.ts, with coodie as it is built.
import { createRequire } from 'node:module'

const require = createRequire(import.meta.url)
require('../scripts/typescript.cjs').registerTypeScript({
  coodieFrom: process.env.BENCH_COODIE ?? 'dist',
})
process.exitCode = await require('./main.ts').main(process.argv.slice(2))
