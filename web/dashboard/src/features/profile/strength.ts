// How long a password is, in words. Length is what counts: no sign is asked for.

export const PASSWORD_MIN = 8
const FAIR = 12
const GOOD = 16

export type Strength = 'short' | 'weak' | 'fair' | 'good'

export function strengthOf(password: string): Strength {
  const length = Array.from(password).length
  if (length < PASSWORD_MIN) return 'short'
  if (length < FAIR) return 'weak'
  return length < GOOD ? 'fair' : 'good'
}
