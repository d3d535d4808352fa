import { Link } from 'wouter';
import layout from '../components/layout.module.css';
import { PageTitle } from '../components/page-title.tsx';
import { useTexts } from '../i18n/language.tsx';
import { frameTexts } from '../i18n/texts.ts';

const TITLES = { page: 'notFound', import: 'noImport', queue: 'adminsOnly' } as const;

/** @param what was not found; the queue is only for administrators. @default page */
export function NotFound({ what = 'page' }: { what?: keyof typeof TITLES }) {
  const words = useTexts(frameTexts);
  return (
    <div className={layout.page}>
      <PageTitle title={words[TITLES[what]]} />
      {what === 'queue' && <p>{words.otherKey}</p>}
      <p>
        <Link href="/">{words.toImports}</Link>
      </p>
    </div>
  );
}
