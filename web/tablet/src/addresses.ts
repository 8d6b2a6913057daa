// Addresses that the customers' own telephones are to open.

/** They mean "this machine", and lead a telephone nowhere. */
const HERE = ['localhost', '127.0.0.1', '0.0.0.0', '[::1]', '[::]']

/**
 * An address as the server gives it. A server that was not told its public address knows only what it
 * listens to: then the one that reached the tablet is the better one.
 */
export function reachable(address: string, page: string): string {
  const { hostname, pathname, search, hash, href } = new URL(address, page)
  return HERE.includes(hostname) ? new URL(pathname + search + hash, page).href : href
}

/** Where the code on the idle screen leads: to the shop's app. */
export function joinAddress(appUrl: string, page: string): string {
  const address = new URL(reachable(appUrl, page))
  address.searchParams.set('src', 'tablet')
  return address.href
}
