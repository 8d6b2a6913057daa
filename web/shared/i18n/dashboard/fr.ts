export const fr = {
  title: 'Tableau de bord',
} as const
