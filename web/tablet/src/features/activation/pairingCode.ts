// The code that links a tablet: eight letters and digits, shown as 7KQ2-M9XD.

export const CODE_LEN = 8
const GROUP_LEN = 4

/** What counts of what was typed: with or without the dash, small or capital. */
export function codeKeys(text: string): string {
  return text
    .toUpperCase()
    .replace(/[^0-9A-Z]/g, '')
    .slice(0, CODE_LEN)
}

export function formatCode(text: string): string {
  const keys = codeKeys(text)
  return keys.length > GROUP_LEN ? `${keys.slice(0, GROUP_LEN)}-${keys.slice(GROUP_LEN)}` : keys
}
