export const fr = {
  title: 'Ma carte',
} as const
