/** Before the package is loaded: rows come as the driver decodes them. */
process.env['COODIE_DIRECT_ROWS'] = '0'
