/** The limit of a TTL in seconds: twenty years. */
export const maxTtl = 630_720_000
