'use strict'

const { readFileSync } = require('node:fs')
const Module = require('node:module')
const { join } = require('node:path')
const { transformSync } = require('@swc/core')

const lib = join(__dirname, '..', 'lib')
const ours = { coodie: join(lib, 'index.ts'), 'coodie/testing': join(lib, 'testing', 'index.ts') }

/**
 * From now on `require` takes TypeScript without a build, with legacy decorators and their metadata, and
 * `coodie` is this repository's lib/, as in tsconfig.json.
 */
function registerTypeScript() {
  const resolve = Module._resolveFilename
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
