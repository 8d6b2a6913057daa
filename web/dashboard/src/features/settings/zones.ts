// The time zones a shop may be in; those of its own country's language first would be guessing, so
// they stand in the order of their names.
export function timeZones(own: string): readonly string[] {
  const all = 'supportedValuesOf' in Intl ? Intl.supportedValuesOf('timeZone') : []
  return all.includes(own) ? all : [own, ...all]
}
