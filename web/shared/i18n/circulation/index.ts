import { createCatalogue } from '../catalogue.svelte'
import { en } from './en'
import { es } from './es'
import { fr } from './fr'

export const { t } = createCatalogue({ fr, en, es })
