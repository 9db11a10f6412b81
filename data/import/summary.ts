// The table that stands at the end of an import: a line a file, then what else is worth knowing.
import type { FileSummary, ImportSummary } from './index.ts'

const heads = ['file', 'read', 'new', 'changed', 'unchanged', 'refused', 'ignored columns']

const cellsOf = (file: FileSummary) => [
  file.file,
  ...[file.read, file.new, file.changed, file.unchanged, file.refused, file.ignored.length].map(String),
]

/** The summary as lines of text. */
export function formatSummary(summary: ImportSummary): string {
  const rows = [heads, ...summary.files.map(cellsOf)]
  const widths = heads.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)))
  const lines = rows.map((row) =>
    row
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[column]!) : cell.padStart(widths[column]!)))
      .join('  '),
  )
  for (const file of summary.files)
    if (file.ignored.length > 0) lines.push(`${file.file}: ignored columns ${file.ignored.join(', ')}`)
  lines.push(...summary.notes)
  if (summary.refusedFile) lines.push(`refused rows are in ${summary.refusedFile}`)
  return lines.join('\n')
}
