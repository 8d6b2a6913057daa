// A legal text in its parts: paragraphs between empty lines, `## ` for headings, `- ` for points.
export type Part =
  | { readonly kind: 'heading' | 'paragraph'; readonly text: string }
  | { readonly kind: 'list'; readonly points: readonly string[] }

export function partsOf(text: string): Part[] {
  const parts: Part[] = []
  let lines: string[] = []
  let points: string[] = []

  const end = (): void => {
    if (lines.length > 0) parts.push({ kind: 'paragraph', text: lines.join('\n') })
    if (points.length > 0) parts.push({ kind: 'list', points })
    lines = []
    points = []
  }
  for (const line of text.split('\n').map((raw) => raw.trim())) {
    if (line.startsWith('- ')) {
      if (lines.length > 0) end()
      points.push(line.slice(2))
      continue
    }
    if (line === '' || line.startsWith('## ') || points.length > 0) end()
    if (line.startsWith('## ')) parts.push({ kind: 'heading', text: line.slice(3) })
    else if (line !== '') lines.push(line)
  }
  end()
  return parts
}
