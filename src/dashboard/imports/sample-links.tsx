import { useWords } from '../language/language.tsx';
import layout from '../layout/layout.module.css';
import { samples } from './samples.ts';
import { importsWords } from './words.ts';

export function SampleLinks() {
  const words = useWords(importsWords);
  return (
    <p className={layout.row}>
      <a href={samples.sample} download="sample.csv">
        {words.sample}
      </a>
      <a href={samples.template} download="template.csv">
        {words.template}
      </a>
    </p>
  );
}
