// A number that opens a tablet: four to eight digits, typed in any script.
import { parseWhole } from '$shared/numbers'

export function pinOf(typed: string): string | undefined {
  const digits = [...typed.normalize('NFKC').replace(/\s/g, '')].map((sign) =>
    parseWhole(sign, 'en'),
  )
  const isPin = digits.length >= 4 && digits.length <= 8 && !digits.includes(undefined)
  return isPin ? digits.join('') : undefined
}
