export const fr = {
  title: 'Caisse',
} as const
