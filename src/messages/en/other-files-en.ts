const SAVE_AS_CSV =
  'In Excel: File → Save as → CSV UTF-8 (comma delimited), then upload that file.';
const SAVE_AS_XLSX = 'In Excel: File → Save as → Excel workbook (.xlsx), then upload that file.';
const OPEN_AND_SAVE = `Open it as a table. ${SAVE_AS_XLSX}`;
const UNPACK = 'Unpack it, then upload the table inside.';
const NOT_PACKED = 'Upload the workbook itself, not an archive with it.';
const EXPORT = 'Export the table as CSV from the program that holds its data.';

/** Files that people upload by mistake instead of a CSV, and what to do about them. */
export const OTHER_FILES_EN = {
  contacts: ['a contacts file (vCard)', EXPORT],
  document: ['a text document', EXPORT],
  document_rtf: ['a text document (RTF)', EXPORT],
  empty_zip: ['an empty ZIP archive', SAVE_AS_CSV],
  excel: ['an Excel workbook (.xlsx)', NOT_PACKED],
  excel_binary: ['a binary Excel workbook (.xlsb)', SAVE_AS_XLSX],
  excel_encrypted: [
    'an Excel workbook protected with a password',
    'Save it without a password, then upload that file.',
  ],
  excel_or_zip: ['an Excel workbook (.xlsx) or another ZIP archive', SAVE_AS_CSV],
  gif: ['an image (GIF)', EXPORT],
  gzip_in_gzip: ['a gzip archive in a gzip archive', UNPACK],
  jpeg: ['an image (JPEG)', EXPORT],
  libreoffice: ['a LibreOffice spreadsheet (.ods)', NOT_PACKED],
  numbers: ['a Numbers spreadsheet', 'In Numbers: File → Export To → CSV, text encoding UTF-8.'],
  old_excel: ['an old Excel workbook (.xls)', SAVE_AS_XLSX],
  onec: ['a 1C table (.mxl)', 'Save it as CSV in 1C, then upload that file.'],
  pdf: ['a PDF document', 'Export the table as CSV from its source program.'],
  picture: ['an image or a video', EXPORT],
  png: ['an image (PNG)', EXPORT],
  rar: ['a RAR archive', UNPACK],
  seven_zip: ['a 7-Zip archive', UNPACK],
  tar: ['a TAR archive', UNPACK],
  web_archive: ['a web archive (.mht)', OPEN_AND_SAVE],
  web_page: ['a web page (HTML), as some programs save their .xls files', OPEN_AND_SAVE],
  webp: ['an image (WebP)', EXPORT],
  xml: ['an XML document', OPEN_AND_SAVE],
  xml_table: ['an XML spreadsheet', OPEN_AND_SAVE],
  zip: ['a ZIP archive', UNPACK],
} as const satisfies Record<string, readonly [is: string, remedy: string]>;

export type OtherFile = keyof typeof OTHER_FILES_EN;
