import type { Config } from '../config/config.ts';
import { WrongSettings } from '../config/wrong-settings.ts';
import { Problem } from '../domain/errors/problem.ts';

/** The settings as far as they can be read. */
export interface SettingsRead {
  /** Without the wrong ones; undefined when nothing can be read. */
  readonly config: Config | undefined;
  readonly problems: readonly Problem[];
  readonly wrong: ReadonlySet<string>;
}

export const soundSettings = (config: Config): SettingsRead => ({
  ...{ config, problems: [], wrong: new Set() },
});

/**
 * Reads the settings without the wrong ones, so that the others can still be checked.
 *
 * @param read reads them without some of the variables
 */
export function readSettings(read: (without: ReadonlySet<string>) => Config): SettingsRead {
  const problems: Problem[] = [];
  const wrong = new Set<string>();
  for (;;) {
    try {
      return { config: read(wrong), problems, wrong };
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      const isOfSettings = error instanceof WrongSettings;
      problems.push(...(isOfSettings ? error.apart() : [error]));
      const names = isOfSettings ? error.names : [];
      const isNew = names.some((name) => !wrong.has(name));
      if (!isNew) return { config: undefined, problems, wrong };
      for (const name of names) wrong.add(name);
    }
  }
}
