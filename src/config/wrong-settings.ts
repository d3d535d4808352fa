import { Problem } from '../domain/errors/problem.ts';

/** An error in a setting, or in several together. */
interface SettingFault {
  readonly names: readonly string[];
  readonly what: string;
}

/** Some settings are invalid. */
export class WrongSettings extends Problem {
  readonly faults: readonly SettingFault[];

  constructor(faults: readonly SettingFault[], remedy: string) {
    super(faults.map(({ what }) => what).join('\n'), remedy);
    this.faults = faults;
  }

  /** The invalid variables. */
  get names(): string[] {
    return this.faults.flatMap(({ names }) => names);
  }

  /** @returns one Problem for each fault */
  apart(): Problem[] {
    return this.faults.map(({ what }) => new Problem(what, this.remedy));
  }
}
