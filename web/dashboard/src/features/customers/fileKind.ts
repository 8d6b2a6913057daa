// What a file is that is no table of text, by its first bytes: whatever its name says.

const KINDS = [
  { kind: 'workbook', begins: [0x50, 0x4b, 0x03, 0x04] }, // .xlsx, .ods, .numbers
  { kind: 'workbook', begins: [0xd0, 0xcf, 0x11, 0xe0] }, // .xls
  { kind: 'other', begins: [0x25, 0x50, 0x44, 0x46] }, // .pdf
  { kind: 'other', begins: [0xff, 0xd8, 0xff] }, // .jpg
  { kind: 'other', begins: [0x89, 0x50, 0x4e, 0x47] }, // .png
] as const

export type FileKind = 'text' | (typeof KINDS)[number]['kind']

export async function fileKind(file: Blob): Promise<FileKind> {
  const bytes = new Uint8Array(await file.slice(0, 4).arrayBuffer())
  return KINDS.find(({ begins }) => begins.every((byte, i) => bytes[i] === byte))?.kind ?? 'text'
}
