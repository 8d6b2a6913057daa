// Where the code on the idle screen leads: to the shop's app, on the customer's own telephone.

/** Addresses that mean "this machine", and lead a telephone nowhere. */
const HERE = ['localhost', '127.0.0.1', '0.0.0.0', '[::1]', '[::]']

/**
 * The app's address as the server gives it. A server that was not told its public address knows only
 * what it listens to: then the one that reached the tablet is the better one.
 */
export function joinAddress(appUrl: string, page: string): string {
  const given = new URL(appUrl, page)
  const address = HERE.includes(given.hostname) ? new URL(given.pathname, page) : given
  address.searchParams.set('src', 'tablet')
  return address.href
}
