// What a change of a programme means for whom, as the server counts it, in sentences.
import { formatUnits, type Units } from '$shared/format'
import { t } from '$shared/i18n/loyalty'
import type { Affected, Preview } from './loyaltyApi'

interface About {
  readonly preview: Preview
  readonly program: Units
  /** When what is left ends, in words; of closing alone. */
  readonly date: string
}

const SENTENCES: Readonly<Record<string, (count: number, about: About) => string>> = {
  POINTS_KEPT: (count, { preview, program }) =>
    t('affected.POINTS_KEPT', { count, points: formatUnits(program, preview.points) }),
  PENDING_KEPT: (count, { program }) =>
    t('affected.PENDING_KEPT', { points: formatUnits(program, count) }),
  REWARDS_USABLE: (count) => t('affected.REWARDS_USABLE', { count }),
  WAITING_BY_NEW_RULES: (count) => t('affected.WAITING_BY_NEW_RULES', { count }),
  NEW_RULES: () => t('affected.NEW_RULES'),
  EARNS_NOTHING: () => t('affected.EARNS_NOTHING'),
  OFFERS_NOTHING: () => t('affected.OFFERS_NOTHING'),
  EARNS_FOR_DAYS: (count) => t('affected.EARNS_FOR_DAYS', { count }),
  POINTS_END: (count, { preview, program, date }) =>
    t('affected.POINTS_END', {
      count: preview.accounts,
      points: formatUnits(program, count),
      date,
    }),
  MAIN_PASSES_ON: () => t('affected.MAIN_PASSES_ON'),
  NO_PROGRAM_LEFT: () => t('affected.NO_PROGRAM_LEFT'),
}

/** One sentence for each that this screen knows; a server of tomorrow may tell more. */
export function sentencesOf(preview: Preview, program: Units, date = ''): readonly string[] {
  const about = { preview, program, date }
  return preview.sentences.flatMap(({ code, count }: Affected) => {
    const sentence = Object.hasOwn(SENTENCES, code) ? SENTENCES[code] : undefined
    return sentence ? [sentence(count, about)] : []
  })
}
