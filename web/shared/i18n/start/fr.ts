// The start page, in French. The other languages follow these keys.
export const fr = {
  sentence: 'Pour que vos clients reviennent.',
  apps: 'Les quatre applications',
  next: 'à venir',
  tablet: 'La borne',
  'tablet.for':
    'Posée au comptoir : l’achat s’affiche, le client tape son numéro, ses points sont gardés.',
  dashboard: 'Le tableau de bord',
  'dashboard.for': 'Pour le commerçant : ses clients, ses récompenses, ses chiffres.',
  till: 'La caisse',
  'till.for': 'Pour encaisser sans autre matériel, et fidéliser dans le même geste.',
  app: 'L’application',
  'app.for': 'Pour le client : sa carte, ses points et ses récompenses dans sa poche.',
} as const
