import { createCatalogue } from '../catalogue.svelte'
import { errorText as errorElsewhere } from '../dashboard'
import { en } from './en'
import { es } from './es'
import { fr } from './fr'

export const { t, find } = createCatalogue({ fr, en, es })

/** What went wrong, in words; errors are named as in src/base/err.def. */
export function errorText(code: string): string {
  return find(`error.${code}`) ?? errorElsewhere(code)
}
