// What an import says, in words: columns, and why a row cannot be taken.
import { find, t } from '$shared/i18n/catalog'
import { errorText } from '$shared/i18n/dashboard'
import type { ImportColumn, Refusal } from './catalogApi'

const COLUMNS: Readonly<Record<ImportColumn, () => string>> = {
  id: () => t('import.column.id'),
  name: () => t('item.name'),
  variation: () => t('variations.name'),
  sku: () => t('item.sku'),
  category: () => t('item.category'),
  price: () => t('item.price'),
  tax: () => t('item.tax'),
}

export const columnText = (column: ImportColumn): string => COLUMNS[column]()

/** Of a file that was refused whole. */
export const importErrorText = (code: string): string =>
  find(`import.error.${code}`) ?? errorText(code)

/** Of one row: what its column has wrong, or what any row may have. */
export function refusalText({ field, code }: Refusal): string {
  if (code === 'FIELD_VALUE' && field === 'price') return t('import.badPrice')
  if (code === 'FIELD_RANGE' && field === 'price') return t('import.badPrice')
  if (code === 'FIELD_VALUE' && field === 'tax') return t('import.badTax')
  return importErrorText(code)
}
