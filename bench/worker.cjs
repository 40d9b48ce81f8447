'use strict'

// A contender's process. `coodie` is the built package here, as its users have it.
require('../scripts/typescript.cjs').registerTypeScript({
  coodieFrom: process.env.BENCH_COODIE ?? 'dist',
})
require('./run/worker.ts').serve()
