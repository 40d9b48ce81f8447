'use strict'

// A process as an application has it: an error that nobody handles ends it.
require('../../scripts/typescript.cjs').registerTypeScript()
const { serve } = require('./process/serve.ts')
serve(require(`./programs/${process.argv[2]}.ts`).program)
