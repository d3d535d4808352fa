import { Problem } from '../domain/errors/problem.ts';
import { problem, problemOf } from '../messages/problems.ts';

/** An error in a setting, or in several together. */
interface SettingFault {
  readonly names: readonly string[];
  readonly what: string;
}

export class WrongSettings extends Problem {
  readonly faults: readonly SettingFault[];

  constructor(faults: readonly SettingFault[], remedy: string) {
    super(
      ...problemOf('settings_wrong', { what: faults.map(({ what }) => what).join('\n'), remedy }),
    );
    this.faults = faults;
  }

  get names(): string[] {
    return this.faults.flatMap(({ names }) => names);
  }

  /** @returns one Problem for each fault */
  apart(): Problem[] {
    return this.faults.map(({ what }) => problem('settings_wrong', { what, remedy: this.remedy }));
  }
}
