/*
 * days — days, months and hours where the shop is.
 */
const ZONE = 'Europe/Paris'
const shown = new Intl.DateTimeFormat('en-CA', {
  timeZone: ZONE,
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  weekday: 'short',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
})

/* { day: '2031-03-03', month: '2031-03', weekday: 'MO', minute: of the day } */
export function wallOf(ms) {
  const parts = Object.fromEntries(shown.formatToParts(ms).map(({ type, value }) => [type, value]))
  const month = `${parts.year}-${parts.month}`
  return {
    day: `${month}-${parts.day}`,
    month,
    weekday: parts.weekday.slice(0, 2).toUpperCase(),
    minute: 60 * Number(parts.hour) + Number(parts.minute),
  }
}

export const dayOf = (ms) => wallOf(ms).day
