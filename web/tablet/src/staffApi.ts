// The calls of a person who signs in on the tablet, typed as openapi.yaml describes them.
import { get, remove, send, type Reply } from '$shared/api'
import { withToken } from './tabletApi'

export interface Session {
  readonly session: {
    readonly merchant: { readonly id: string; readonly name: string }
    readonly permissions: readonly string[]
    /** Good for nothing but setting up, in the dashboard, the second factor that is required. */
    readonly limited?: boolean
  }
  readonly csrf_token: string
}

interface Named {
  readonly id: string
  readonly name: string
}

export interface ListedTablet extends Named {
  readonly location: Named
  readonly register: Named | null
  readonly online: boolean
  readonly paired: boolean
}

export interface Register extends Named {
  readonly location_id: string
}

/** code: of their second factor, once it was asked for. */
export function signIn(entry: {
  email: string
  password: string
  code?: string
}): Promise<Reply<Session>> {
  return send('/v2/session', entry)
}

export function readSession(): Promise<Reply<Session>> {
  return get('/v2/session')
}

export function signOut(token: string): Promise<Reply<object>> {
  return withToken(token, () => remove('/v2/session'))
}

export function listTablets(): Promise<Reply<{ tablets: readonly ListedTablet[] }>> {
  return get('/v2/tablets')
}

export function listLocations(): Promise<Reply<{ locations: readonly Named[] }>> {
  return get('/v2/locations')
}

export function listRegisters(): Promise<Reply<{ registers: readonly Register[] }>> {
  return get('/v2/registers')
}

export function createTablet(
  token: string,
  tablet: { name: string; location_id: string; register_id?: string },
  idempotency_key: string,
): Promise<Reply<{ tablet: ListedTablet }>> {
  return withToken(token, () => send('/v2/tablets', { tablet, idempotency_key }))
}

/** Makes this device the tablet. */
export function appoint(token: string, id: string): Promise<Reply<{ csrf_token: string }>> {
  return withToken(token, () => send(`/v2/tablets/${id}/activation`, {}))
}
