// A browser that may read the one-time code from the message itself asks the person, and hands it over.

interface OtpCredential extends Credential {
  readonly code: string
}

/** Gives what ends the waiting. Does nothing where the browser cannot. */
export function readFromMessage(onCode: (code: string) => void): () => void {
  if (!('OTPCredential' in window)) return () => undefined
  const waiting = new AbortController()
  const request = {
    otp: { transport: ['sms'] },
    signal: waiting.signal,
  } as CredentialRequestOptions
  navigator.credentials
    .get(request)
    .then((found) => {
      if (found) onCode((found as OtpCredential).code)
    })
    .catch(() => undefined) // declined, or no message came
  return () => waiting.abort()
}
