'use strict'

// A contender's process. `coodie` is the built package here, as its users have it.
require('../scripts/typescript.cjs').registerTypeScript({ coodieFrom: 'dist' })
require('./run/worker.ts').serve()
