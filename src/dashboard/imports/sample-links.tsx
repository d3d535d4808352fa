import { useWords } from '../language/language.tsx';
import { DownloadLink } from '../layout/download-link.tsx';
import layout from '../layout/layout.module.css';
import { samples } from './samples.ts';
import { importsWords } from './words.ts';

export function SampleLinks() {
  const words = useWords(importsWords);
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
