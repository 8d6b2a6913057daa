// Shows the light or the dark theme whatever the device asks for, by opening and closing the rules of
// `prefers-color-scheme`. The apps do not do this: they follow the person's own choice.

const rulesOfDark = new Set<CSSMediaRule>()

function collect(sheet: CSSStyleSheet): void {
  for (const rule of sheet.cssRules)
    if (rule instanceof CSSMediaRule && rule.conditionText.includes('prefers-color-scheme'))
      rulesOfDark.add(rule)
}

export type ThemeChoice = 'auto' | 'light' | 'dark'

export function applyTheme(choice: ThemeChoice): void {
  for (const sheet of [...document.styleSheets, ...document.adoptedStyleSheets]) collect(sheet)
  const media = { auto: '(prefers-color-scheme: dark)', light: 'not all', dark: 'all' }[choice]
  for (const rule of rulesOfDark) rule.media.mediaText = media
}
