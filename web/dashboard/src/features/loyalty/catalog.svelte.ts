// The catalog's articles and categories, read once somebody looks at programmes.
import { CatalogLists } from '$shared/programs/catalogLists.svelte'

export const catalog = new CatalogLists()
