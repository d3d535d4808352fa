import { resultsAddress, workbookAddress } from '../api/imports-api.ts';
import type { Query } from '../api/request.ts';
import { useLanguage, useTexts } from '../i18n/language.tsx';
import { commonTexts } from '../i18n/texts.ts';
import { DownloadLink } from './download-link.tsx';
import layout from './layout.module.css';

interface Props {
  id: number;
  query?: Query;
  /** Text of the link to the CSV. */
  children: string;
}

/** Links that save results, as CSV and as a workbook. */
export function ResultsLinks({ id, query, children }: Props) {
  const words = useTexts(commonTexts);
  const { language } = useLanguage();
  return (
    <span className={layout.row}>
      <DownloadLink href={resultsAddress(id, language, query)}>{children}</DownloadLink>
      <DownloadLink href={workbookAddress(id, query)}>{words.excel}</DownloadLink>
    </span>
  );
}
