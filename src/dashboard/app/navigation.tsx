import { Link, useLocation } from 'wouter';
import { useTexts } from '../i18n/language.tsx';
import { frameTexts } from '../i18n/texts.ts';
import styles from './frame.module.css';

export function Navigation() {
  const words = useTexts(frameTexts);
  const [path] = useLocation();
  const pages: [href: string, name: string, isHere: boolean][] = [
    ['/', words.imports, path === '/' || path.startsWith('/imports') || path === '/new'],
    ['/people', words.people, path === '/people'],
    ['/portal', words.portal, path === '/portal'],
  ];
  return (
    <nav aria-label={words.navigation}>
      <ul className={styles.links}>
        {pages.map(([href, name, isHere]) => (
          <li key={href}>
            <Link className={styles.link} href={href} aria-current={isHere ? 'page' : undefined}>
              {name}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
