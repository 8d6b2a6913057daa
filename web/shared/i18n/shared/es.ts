// Words of the pieces that all apps share, in Spanish.
import type { Translation } from '../catalogue.svelte'
import type { fr } from './fr'

export const es: Translation<typeof fr> = {
  close: 'Cerrar',
  cancel: 'Cancelar',
  undo: 'Deshacer',
  more: 'Mostrar más',
  retry: 'Reintentar',
  loading: 'Cargando…',
  'field.optional': '(opcional)',
  'search.clear': 'Borrar la búsqueda',
  'color.pick': '{label}: elegir en una paleta',
  'color.none': 'Escriba un color como #8a3b12.',
  'color.fine': 'Este color se lee bien en todas partes.',
  'color.moved':
    'Demasiado claro para las palabras: botones y enlaces usan un tono más oscuro. Las superficies no cambian.',
  'color.sample': 'Botón',
  'trend.more': '{share} más que {beforeWords}',
  'trend.less': '{share} menos que {beforeWords}',
  'trend.same': 'igual que {beforeWords}',
  'trend.new': 'nada en {beforeWords}',
  'chart.table': 'Ver las cifras',
  'chart.how': 'Las flechas izquierda y derecha leen día por día.',
  'chart.day': 'Día',
  'chart.summary':
    '{label}, del {from} al {to}: {total} en total, el máximo el {bestDay} con {best}.',
}
