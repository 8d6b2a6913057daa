import { beforeEach, describe, expect, it } from 'vitest'
import { setCountry } from '../format'
import { setLanguage } from '../i18n/catalogue.svelte'
import {
  describeIncentive,
  describePromotion,
  newPromotion,
  promotionOf,
  promotionProblems,
  type TypedPromotion,
} from './promotion'
import { EVERY_DAY, eventOf, isWhole, timeOf, type WeekTime } from './weekTimes'

const TODAY = '2026-11-22'
const writing = { currency: 'EUR', locale: 'fr-FR' }
const program = { type: 'points', terminology: { one: 'point', other: 'points' } } as const
const plain = (text: string): string => text.replace(/[\u00a0\u202f]/g, ' ')
const typed = (changes: Partial<TypedPromotion> = {}): TypedPromotion => ({
  ...newPromotion(TODAY),
  ...changes,
})
const problems = (changes: Partial<TypedPromotion>) =>
  promotionProblems(typed(changes), 'points', writing, TODAY)

beforeEach(() => {
  setLanguage('fr')
  setCountry('FR')
})

describe('a time of the week', () => {
  it.each<WeekTime>([
    EVERY_DAY,
    { days: ['TU'], from: '', to: '' },
    { days: ['MO', 'FR'], from: '08:00', to: '10:30' },
    { days: ['SA'], from: '22:00', to: '02:00' },
  ])('comes back from its event', (time) => {
    expect(timeOf(eventOf(time, TODAY))).toEqual(time)
  })

  it('is an iCalendar event of at most a day', () => {
    const evening: WeekTime = { days: ['SU', 'SA'], from: '22:00', to: '02:00' }
    expect(eventOf(evening, TODAY).split('\n')).toEqual([
      'BEGIN:VEVENT',
      'DTSTART:20261122T220000',
      'DURATION:PT240M',
      'RRULE:FREQ=WEEKLY;BYDAY=SA,SU',
      'END:VEVENT',
    ])
  })

  it('ends with the last day of its offer', () => {
    expect(eventOf(EVERY_DAY, TODAY, '2026-12-24')).toContain('\nRRULE:FREQ=DAILY;UNTIL=20261224\n')
    expect(timeOf(eventOf(EVERY_DAY, TODAY, '2026-12-24'))).toEqual(EVERY_DAY)
  })

  it('is read as Square writes it', () => {
    const event =
      'BEGIN:VEVENT\r\nDTSTART:20220307T080000\r\nDURATION:P1DT0H\r\nRRULE:FREQ=DAILY\r\nEND:VEVENT'
    expect(timeOf(event)).toEqual({ ...EVERY_DAY, from: '08:00', to: '08:00' })
    expect(timeOf(event.replace('P1DT0H', 'PT2H30M'))?.to).toBe('10:30')
    expect(
      timeOf('BEGIN:VEVENT\nDTSTART:20220307T080000\nDURATION:PT2H\nEND:VEVENT'),
    ).toBeUndefined()
    expect(timeOf('')).toBeUndefined()
  })

  it('needs a day, and two hours or none', () => {
    expect(isWhole({ days: [], from: '', to: '' })).toBe(false)
    expect(isWhole({ days: ['MO'], from: '08:00', to: '' })).toBe(false)
    expect(isWhole({ days: ['MO'], from: '08:00', to: '08:00' })).toBe(false)
    expect(isWhole({ days: ['MO'], from: '', to: '' })).toBe(true)
  })
})

describe('an offer', () => {
  it('begins as points doubled on Tuesdays', () => {
    const terms = promotionOf(typed(), 'points', writing)
    expect(problems({})).toEqual([])
    expect(terms.incentive).toEqual({
      type: 'POINTS_MULTIPLIER',
      points_multiplier_data: { multiplier: '2.000' },
    })
    expect(terms.available_time).toEqual({
      start_date: TODAY,
      time_periods: [eventOf({ days: ['TU'], from: '', to: '' }, TODAY)],
    })
    expect(describeIncentive(terms, program)).toBe('2 fois plus de points')
    expect(describePromotion(terms, () => undefined).map(plain)).toEqual([
      'le mardi',
      'depuis le 22 novembre 2026',
    ])
  })

  it('sends its limits, and what it is for', () => {
    const terms = promotionOf(
      typed({
        kind: 'addition',
        addition: '5',
        always: true,
        endsOn: '2026-12-24',
        minimum: '10',
        limit: '1',
        category_ids: ['c'],
      }),
      'points',
      writing,
    )
    expect(terms.trigger_limit).toEqual({ times: 1, interval: 'DAY' })
    expect(terms.qualifying_category_ids).toEqual(['c'])
    expect(terms).not.toHaveProperty('qualifying_item_variation_ids')
    expect(plain(describeIncentive(terms, program))).toBe('5 points de plus')
    expect(describePromotion(terms, () => 'Boissons').map(plain)).toEqual([
      'tous les jours',
      'du 22 novembre 2026 au 24 décembre 2026',
      'avec : Boissons',
      'dès 10,00 € d’achat',
      '1 fois par jour et par client',
    ])
  })

  it('of hours is said with them', () => {
    const times: WeekTime[] = [{ days: ['MO', 'TH'], from: '08:00', to: '10:00' }]
    const terms = promotionOf(typed({ times }), 'points', writing)
    expect(describePromotion(terms, () => undefined)[0]).toBe(
      'le lundi et le jeudi, de 08:00 à 10:00',
    )
    const odd = { ...terms, available_time: { time_periods: ['BEGIN:VEVENT\nEND:VEVENT'] } }
    expect(describePromotion(odd, () => undefined)[0]).toBe('à certains moments')
  })

  it('of a kitty adds money', () => {
    const kitty = { type: 'cashback', terminology: { one: 'centime', other: 'centimes' } } as const
    const terms = promotionOf(typed({ kind: 'addition', addition: '0,50' }), 'cashback', writing)
    expect(plain(describeIncentive(terms, kitty))).toBe('0,50 € de plus')
    const twice = promotionOf(typed({ multiplier: '1,5' }), 'cashback', writing)
    expect(describeIncentive(twice, kitty)).toBe('1,5 fois plus de cagnotte')
  })

  it('says which of its fields are wrong', () => {
    expect(problems({ name: ' ', multiplier: '1' })).toEqual(['name', 'multiplier'])
    expect(problems({ kind: 'addition' })).toEqual(['addition'])
    expect(problems({ kind: 'addition', addition: '101' })).toEqual(['addition'])
    expect(problems({ startsOn: '2026-11-21' })).toEqual(['startsOn'])
    expect(problems({ endsOn: '2026-11-21' })).toEqual(['endsOn'])
    expect(problems({ times: [] })).toEqual(['times'])
    expect(problems({ times: [{ days: [], from: '', to: '' }], always: true })).toEqual([])
    expect(problems({ minimum: 'x', limit: '-1' })).toEqual(['minimum', 'limit'])
  })
})
