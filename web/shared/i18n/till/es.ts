import type { Translation } from '../catalogue.svelte'
import type { fr } from './fr'

export const es: Translation<typeof fr> = {
  title: 'Caja',
}
