/*
 * cookies — of a reply. Our replies set one cookie each, so headers.get() gives it whole; the fetch
 * of Debian 12's Node has no getSetCookie() yet.
 */

/* The whole line: "habitue_session=…; Path=/; …". */
export function cookieLineOf(reply) {
  return reply.headers.get('set-cookie') ?? ''
}

/* What a browser would send back. */
export function cookieOf(reply) {
  return cookieLineOf(reply).split(';')[0]
}
