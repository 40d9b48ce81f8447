/**
 * Reports a class whose table or type would have a name that a minifier made: it could be another name after each build.
 * `example` is the decorator with a name.
 */
export function refuseMinified(
  { name }: { readonly name: string },
  options: { readonly name?: string | undefined },
  example: string,
  tell: (message: string) => void,
): void {
  if (options.name !== undefined || !/^[\w$]{1,2}$/u.test(name)) return
  tell(
    `is called '${name}', a name as minifiers make them, which can be another one after each build; ` +
      `write the name in the decorator: ${example}`,
  )
}
