// Words of the pieces that all apps share, in French. The other languages follow these keys.
export const fr = {
  close: 'Fermer',
  cancel: 'Ne rien faire',
  undo: 'Annuler',
  more: 'Afficher plus',
  retry: 'Réessayer',
  loading: 'Chargement…',
  'field.optional': '(facultatif)',
  'search.clear': 'Effacer la recherche',
  'color.pick': '{label} : choisir dans une palette',
  'color.none': 'Écrivez une couleur comme #8a3b12.',
  'color.fine': 'Cette couleur se lit bien partout.',
  'color.moved':
    'Trop claire pour des mots : boutons et liens prennent un ton plus foncé. Les surfaces gardent votre couleur.',
  'color.sample': 'Bouton',
  'trend.more': '{share} de plus que {beforeWords}',
  'trend.less': '{share} de moins que {beforeWords}',
  'trend.same': 'autant que {beforeWords}',
  'trend.new': 'rien sur {beforeWords}',
  'chart.table': 'Voir les chiffres',
  'chart.how': 'Flèches gauche et droite pour lire jour par jour.',
  'chart.day': 'Jour',
  'chart.summary':
    '{label}, du {from} au {to} : {total} en tout, le plus haut le {bestDay} avec {best}.',
} as const
