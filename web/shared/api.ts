// The only place that calls fetch: errors, the forgery header, deadlines, one-time keys, and what to do
// when a session has ended in the middle of something.

export interface ApiError {
  /** The error's name as in src/base/err.def, or OFFLINE when no answer came. */
  readonly code: string
  readonly status: number
  readonly detail: string
  /** Nothing was done, or nobody knows: the same request may be sent again, with the same key. */
  readonly isPassing: boolean
  readonly field: string
  /** Seconds to wait before trying again, when the server said so. */
  readonly retryAfter_s: number
}

export type Reply<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: ApiError }

export const OFFLINE = 'OFFLINE'
const UNANSWERED: ApiError = {
  code: OFFLINE,
  status: 0,
  detail: '',
  isPassing: true,
  field: '',
  retryAfter_s: 0,
}
const DEADLINE_MS = 10_000
/** A wrong password is something else: SIGN_IN_WRONG. */
const SIGNED_OUT = 'UNAUTHENTICATED'

let csrfToken = ''

/** Given by the server with a session; every change must carry it. */
export function setCsrfToken(token: string): void {
  csrfToken = token
}

export function get<T>(path: string): Promise<Reply<T>> {
  return call<T>('GET', path)
}

export function send<T>(path: string, body: unknown): Promise<Reply<T>> {
  return call<T>('POST', path, body)
}

export function put<T>(path: string, body: unknown): Promise<Reply<T>> {
  return call<T>('PUT', path, body)
}

export function remove<T>(path: string, body?: unknown): Promise<Reply<T>> {
  return call<T>('DELETE', path, body)
}

/** Bytes as they are, such as a picture that somebody chose. */
export function putFile<T>(path: string, file: Blob): Promise<Reply<T>> {
  return call<T>('PUT', path, file)
}

/** The same to an address that makes something of it, such as a table that is taken in. */
export function sendFile<T>(path: string, file: Blob): Promise<Reply<T>> {
  return call<T>('POST', path, file)
}

/** A file to keep: its bytes. It may be long in the making. */
export async function getFile(path: string): Promise<Reply<Blob>> {
  try {
    const response = await fetch(path, { credentials: 'same-origin', cache: 'no-store' })
    if (response.ok) return { ok: true, value: await response.blob() }
    const body: unknown = await response.json().catch(() => undefined)
    return { ok: false, error: errorOf(response, body) }
  } catch {
    return { ok: false, error: UNANSWERED }
  }
}

/** Lets a person sign in again over what they were doing; true once they have. */
export type SignInAgain = () => Promise<boolean>
let signInAgain: SignInAgain | undefined
let signingIn: Promise<boolean> | undefined

/**
 * Called when a session has ended. Every call that met it waits for the answer and is repeated once,
 * so that nothing typed and nothing tapped is lost. Undefined: nobody is signed in yet.
 */
export function onSignedOut(handler: SignInAgain | undefined): void {
  signInAgain = handler
}

/** A key for one intention of a person; every retry of it reuses the key. */
export function onceKey(): string {
  // randomUUID exists only in secure contexts, and a tablet may reach its server by plain HTTP.
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

type Method = 'GET' | 'POST' | 'PUT' | 'DELETE'

async function call<T>(method: Method, path: string, body?: unknown): Promise<Reply<T>> {
  const reply = await tryOnce<T>(method, path, body)
  if (reply.ok || reply.error.code !== SIGNED_OUT || !signInAgain) return reply
  signingIn ??= signInAgain().finally(() => (signingIn = undefined))
  return (await signingIn) ? tryOnce<T>(method, path, body) : reply
}

function requestOf(method: Method, body: unknown): RequestInit {
  const headers: Record<string, string> = { Accept: 'application/json' }
  if (method !== 'GET' && csrfToken) headers['X-Habitue-CSRF'] = csrfToken
  const isFile = body instanceof Blob
  if (body !== undefined && !isFile) headers['Content-Type'] = 'application/json'
  return {
    method,
    headers,
    credentials: 'same-origin',
    cache: 'no-store',
    ...(body === undefined ? {} : { body: isFile ? body : JSON.stringify(body) }),
  }
}

async function tryOnce<T>(method: Method, path: string, body: unknown): Promise<Reply<T>> {
  const deadline = new AbortController()
  const timer = setTimeout(() => deadline.abort(), DEADLINE_MS)
  try {
    const response = await fetch(path, { ...requestOf(method, body), signal: deadline.signal })
    const value: unknown = await response.json().catch(() => undefined)
    if (response.ok && value !== undefined) return { ok: true, value: value as T }
    return { ok: false, error: errorOf(response, value) }
  } catch {
    return { ok: false, error: UNANSWERED }
  } finally {
    clearTimeout(timer)
  }
}

function errorOf(response: Response, body: unknown): ApiError {
  const first = (body as { errors?: Partial<ApiError>[] } | undefined)?.errors?.[0]
  const isPassing = [502, 503, 504].includes(response.status)
  return {
    code: first?.code ?? (isPassing ? OFFLINE : `HTTP_${response.status}`),
    isPassing,
    status: response.status,
    detail: first?.detail ?? '',
    field: first?.field ?? '',
    retryAfter_s: Number(response.headers.get('Retry-After')) || 0,
  }
}
