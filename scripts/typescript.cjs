'use strict'

const { readFileSync } = require('node:fs')
const Module = require('node:module')
const { join } = require('node:path')
const { transformSync } = require('@swc/core')

/** The place of `coodie`: lib/, as in tsconfig.json, or the build. */
const entryPoints = {
  lib: {
    coodie: 'index.ts',
    'coodie/nestjs': 'nestjs/index.ts',
    'coodie/testing': 'testing/index.ts',
    'coodie/migration': 'migration/index.ts',
  },
  dist: {
    coodie: 'index.js',
    'coodie/nestjs': 'nestjs/index.js',
    'coodie/testing': 'testing/index.js',
    'coodie/migration': 'migration/index.js',
  },
}

/**
 * From now on `require` takes TypeScript without a build, with legacy decorators and their metadata, and
 * `coodie` is this repository's lib/, or its dist/ with `{ coodieFrom: 'dist' }`.
 */
function registerTypeScript({ coodieFrom = 'lib' } = {}) {
  const resolve = Module._resolveFilename
  const ours = Object.fromEntries(
    Object.entries(entryPoints[coodieFrom]).map(([name, file]) => [
      name,
      join(__dirname, '..', coodieFrom, file),
    ]),
  )
  Module._resolveFilename = function (request, ...rest) {
    return resolve.call(this, ours[request] ?? request, ...rest)
  }
  Module._extensions['.ts'] = (module, filename) => {
    module._compile(compile(filename), filename)
  }
  process.setSourceMapsEnabled(true)
}

function compile(filename) {
  const { code } = transformSync(readFileSync(filename, 'utf8'), {
    filename,
    swcrc: false,
    sourceMaps: 'inline',
    jsc: {
      target: 'es2022',
      parser: { syntax: 'typescript', decorators: true },
      transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: true },
      keepClassNames: true,
    },
    module: { type: 'commonjs', ignoreDynamic: true },
  })
  return code
}

module.exports = { registerTypeScript }
