/** People of people.yaml: a table of another program is merged into them, and a number is changed everywhere. */

export { changeNumber, type NumberChange } from "./change-number";
export { type ColumnNames, parseColumns } from "./columns";
export { FORMATS, importSource, type Imported, readTable, type TableFormat } from "./import";
export { LAST_IMPORT_FILE } from "./last-import";
export { isChange } from "./told";
export type { Read, Source, TableFault } from "./types";
export { faultText, summaryText } from "./words";
export { NOBODY } from "./yaml/edit";
