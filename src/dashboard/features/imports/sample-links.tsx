import { sampleAddress } from '../../api/imports-api.ts';
import { DownloadLink } from '../../components/download-link.tsx';
import layout from '../../components/layout.module.css';
import { useLanguage, useTexts } from '../../i18n/language.tsx';
import { importsTexts } from '../../i18n/texts.ts';

/** Files that show what a table should look like; the sample can be tried on the sandbox portal. */
export function SampleLinks() {
  const words = useTexts(importsTexts);
  const { language } = useLanguage();
  return (
    <div className={layout.row}>
      <DownloadLink href={sampleAddress('sample.csv', language)}>{words.sample}</DownloadLink>
      <DownloadLink href={sampleAddress('sample.xlsx', language)}>{words.sampleExcel}</DownloadLink>
      <DownloadLink href={sampleAddress('template.csv', language)}>{words.template}</DownloadLink>
      <DownloadLink href={sampleAddress('template.xlsx', language)}>
        {words.templateExcel}
      </DownloadLink>
    </div>
  );
}
