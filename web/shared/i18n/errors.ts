// What went wrong, as the app that runs here says it: pieces that several apps share ask for it.
type Say = (code: string) => string

let say: Say = (code) => code

/** The app tells at its start. */
export function sayErrorsAs(how: Say): void {
  say = how
}

export function appErrorText(code: string): string {
  return say(code)
}
