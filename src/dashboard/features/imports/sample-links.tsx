import { DownloadLink } from '../../components/download-link.tsx';
import layout from '../../components/layout.module.css';
import { useTexts } from '../../i18n/language.tsx';
import { importsTexts } from '../../i18n/texts.ts';
import { samples } from './samples.ts';

export function SampleLinks() {
  const words = useTexts(importsTexts);
  return (
    <div className={layout.row}>
      <DownloadLink href={samples.sample} name="sample.csv">
        {words.sample}
      </DownloadLink>
      <DownloadLink href={samples.template} name="template.csv">
        {words.template}
      </DownloadLink>
    </div>
  );
}
