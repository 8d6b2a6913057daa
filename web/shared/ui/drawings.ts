// The lines of our own drawings, in a field of 160 by 150.
export type Drawing =
  'cup' | 'bread' | 'comb' | 'machine' | 'hand' | 'envelope' | 'card' | 'stamps' | 'purse' | 'till'

export interface Lines {
  /** Filled with paper, so that it stands out. */
  readonly body: string
  readonly lines: string
  /** The touch of saffron: circles as x, y, r. */
  readonly earned: readonly (readonly [number, number, number])[]
}

export const DRAWINGS: Readonly<Record<Drawing, Lines>> = {
  cup: {
    body: 'M36 58h84v28a38 38 0 0 1-38 38h-8a38 38 0 0 1-38-38z',
    lines:
      'M120 67h8a15 15 0 0 1 0 30h-11M26 138h104M62 44c-7-8 6-13 0-23M78 40c-7-9 6-16 0-27M94 44c-7-8 6-13 0-23',
    earned: [[78, 90, 12]],
  },
  bread: {
    body: 'M26 106c-9-24 12-50 47-62 34-12 66-6 72 14 7 21-13 44-46 56-33 13-66 13-73-8z',
    lines: 'M58 60c10 8 15 19 14 32M84 50c10 8 15 19 14 32M110 46c9 8 13 17 12 28M22 138h118',
    earned: [
      [36, 26, 5],
      [52, 16, 3.5],
    ],
  },
  comb: {
    body: 'M24 50a10 10 0 0 1 10-10h92a10 10 0 0 1 10 10v18H24z',
    lines: 'M32 68v48M46 68v48M60 68v48M74 68v48M88 68v40M102 68v40M116 68v34M129 68v34M24 138h112',
    earned: [[80, 54, 6]],
  },
  machine: {
    body: 'M42 22h76a8 8 0 0 1 8 8v108H34V30a8 8 0 0 1 8-8z',
    lines:
      'M46 36h46v58H46zM46 56h46M46 75h46M58 56v-9M69 56v-9M80 56v-9' +
      'M58 75v-8M80 75v-8M46 108h46v16H46zM104 70h12M104 80h12M24 138h112',
    earned: [[110, 46, 7]],
  },
  hand: {
    body:
      'M56 84V42a9 9 0 0 1 18 0v-10a9 9 0 0 1 18 0v10a9 9 0 0 1 18 0v14' +
      'a9 9 0 0 1 17 0v34c0 30-16 46-40 46-20 0-30-10-40-27L34 84c-6-10 6-18 14-10z',
    lines: 'M74 42v32M92 42v30M110 56v20M28 46c-6-10-6-20 0-30M16 50c-9-15-9-30-1-44',
    earned: [[88, 104, 11]],
  },
  envelope: {
    body: 'M22 46a8 8 0 0 1 8-8h100a8 8 0 0 1 8 8v70a8 8 0 0 1-8 8H30a8 8 0 0 1-8-8z',
    lines: 'M24 44l56 46 56-46M24 120l38-42M136 120L98 78M44 138h72',
    earned: [[126, 34, 11]],
  },
  card: {
    body: 'M20 44a10 10 0 0 1 10-10h100a10 10 0 0 1 10 10v66a10 10 0 0 1-10 10H30a10 10 0 0 1-10-10z',
    lines: 'M38 56h38M38 68h22M112 102h12M40 138h80',
    earned: [
      [44, 98, 7],
      [65, 98, 7],
      [86, 98, 7],
    ],
  },
  stamps: {
    body: 'M16 44a10 10 0 0 1 10-10h108a10 10 0 0 1 10 10v68a10 10 0 0 1-10 10H26a10 10 0 0 1-10-10z',
    lines:
      'M99 62a9 9 0 1 0 18 0 9 9 0 1 0-18 0M71 94a9 9 0 1 0 18 0 9 9 0 1 0-18 0' +
      'M99 94a9 9 0 1 0 18 0 9 9 0 1 0-18 0M40 138h80',
    earned: [
      [52, 62, 10],
      [80, 62, 10],
      [52, 94, 10],
    ],
  },
  purse: {
    body: 'M46 66h68c17 12 28 29 28 46 0 17-11 26-28 26H46c-17 0-28-9-28-26 0-17 11-34 28-46z',
    lines: 'M42 66a8 8 0 0 1 0-14h76a8 8 0 0 1 0 14zM72 52l8-9 8 9M58 88c-8 6-14 14-16 22',
    earned: [
      [80, 24, 11],
      [108, 34, 6],
    ],
  },
  till: {
    body: 'M34 76h92l12 44v10a6 6 0 0 1-6 6H28a6 6 0 0 1-6-6v-10z',
    lines:
      'M22 120h116M80 76V58M46 24h68v34H46zM56 36h26M56 46h16' +
      'M52 90h8M72 90h8M92 90h8M49 104h8M71 104h8M93 104h8M70 128h20',
    earned: [[115, 97, 7]],
  },
}
