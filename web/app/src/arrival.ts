// How somebody came here: to which shop, from where, and with which key in the address.

export interface Arrival {
  readonly slug: string
  /** Where the link stood, as its writer named it: "tablet", "poster". */
  readonly source: string
  /** A single-use key from a code on the tablet or the till. */
  token: string
}

/** What the server takes for a source; anything else is none. */
const SOURCE = /^[a-z0-9_-]{1,20}$/

/** Reads the address, and takes the key out of it: it must stay in no history. */
export function arrive(): Arrival {
  const { pathname, search, hash } = window.location
  const arrival = readArrival(pathname, search, hash)
  if (search || hash) window.history.replaceState(window.history.state, '', pathname)
  return arrival
}

export function readArrival(pathname: string, search: string, hash: string): Arrival {
  const slug = /^\/app\/([^/]+)/.exec(pathname)?.[1] ?? ''
  const source = (new URLSearchParams(search).get('src') ?? '').toLowerCase()
  return {
    slug: decode(slug),
    source: SOURCE.test(source) ? source : '',
    token: new URLSearchParams(hash.slice(1)).get('in') ?? '',
  }
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return ''
  }
}
