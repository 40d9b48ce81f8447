// Runs main.ts. Everything else in this folder is written as in any NestJS project that uses coodie.
import { createRequire } from 'node:module'

const require = createRequire(import.meta.url)
require('../../scripts/typescript.cjs').registerTypeScript()
await require('./main.ts').main()
