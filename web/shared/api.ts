// The only place that calls fetch: errors, the forgery header, deadlines and one-time keys.

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

/** A key for one intention of a person; every retry of it reuses the key. */
export function onceKey(): string {
  // randomUUID exists only in secure contexts, and a tablet may reach its server by plain HTTP.
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

async function call<T>(method: 'GET' | 'POST', path: string, body?: unknown): Promise<Reply<T>> {
  const headers: Record<string, string> = { Accept: 'application/json' }
  if (body !== undefined) headers['Content-Type'] = 'application/json'
  if (method !== 'GET' && csrfToken) headers['X-Habitue-CSRF'] = csrfToken

  const deadline = new AbortController()
  const timer = setTimeout(() => deadline.abort(), DEADLINE_MS)
  try {
    const response = await fetch(path, {
      method,
      headers,
      credentials: 'same-origin',
      cache: 'no-store',
      signal: deadline.signal,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const value: unknown = await response.json().catch(() => undefined)
    if (response.ok && value !== undefined) return { ok: true, value: value as T }
    return { ok: false, error: errorOf(response, value) }
  } catch {
    return {
      ok: false,
      error: UNANSWERED,
    }
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
