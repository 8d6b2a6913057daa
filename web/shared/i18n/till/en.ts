import type { Translation } from '../catalogue.svelte'
import type { fr } from './fr'

export const en: Translation<typeof fr> = {
  title: 'Till',
}
