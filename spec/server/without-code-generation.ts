/** Before the package is loaded: binders and readers are composed of closures. */
process.env['COODIE_CODE_GENERATION'] = '0'
