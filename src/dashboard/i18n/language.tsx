import { createContext, type ReactNode, use, useEffect, useMemo, useState } from 'react';
import type { InBoth, Language } from './in-both.ts';
import { languageOfBrowser } from './locale.ts';
import { type Format, formatIn } from './number-format.ts';

const KEPT = 'bulk-invite-language';

interface Speech {
  language: Language;
  format: Format;
  speak(language: Language): void;
}

const SpeechContext = createContext<Speech | null>(null);

/** Provides the language of its children: the chosen one, else the browser's. */
export function LanguageProvider({ children }: { children: ReactNode }) {
  const [language, setLanguage] = useState(keptLanguage);
  useEffect(() => {
    document.documentElement.lang = language;
  }, [language]);
  const speech = useMemo<Speech>(
    () => ({
      language,
      format: formatIn(language),
      speak(chosen) {
        localStorage.setItem(KEPT, chosen);
        setLanguage(chosen);
      },
    }),
    [language],
  );
  return <SpeechContext value={speech}>{children}</SpeechContext>;
}

export function useLanguage(): Speech {
  const speech = use(SpeechContext);
  if (speech === null) throw new Error('a LanguageProvider must stand around it');
  return speech;
}

/** @returns the texts in the user's language */
export function useTexts<Texts>(texts: InBoth<Texts>): Texts {
  return texts[useLanguage().language];
}

function keptLanguage(): Language {
  const kept = localStorage.getItem(KEPT);
  return kept === 'en' || kept === 'ru' ? kept : languageOfBrowser();
}
