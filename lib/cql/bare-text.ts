/**
 * A statement without what is quoted in it and without its comments, so that words and markers can be looked
 * for. In CQL strings are in single quotes, doubled inside, or between `$$`; names are in double quotes; a
 * comment goes from `--` or `//` to the end of the line, or stands between slash-star and star-slash.
 */
export function bareText(cql: string): string {
  return cql.replaceAll(
    /'(?:[^']|'')*'|"(?:[^"]|"")*"|\$\$[\s\S]*?\$\$|--[^\n]*|\/\/[^\n]*|\/\*[\s\S]*?\*\//gu,
    ' ',
  )
}
