import { createCatalogue } from '../catalogue.svelte'
import { appErrorText } from '../errors'
import { en } from './en'
import { es } from './es'
import { fr } from './fr'

export const { t, find } = createCatalogue({ fr, en, es })

/** What went wrong, in words: what is of customers is here, the rest the app says. */
export function errorText(code: string): string {
  return find(`error.${code}`) ?? appErrorText(code)
}

/** The same beside a field; '' while nothing is wrong. */
export function fieldText(code: string): string {
  return code === '' ? '' : errorText(code)
}
