import { homedir } from 'node:os';

/**
 * @param read reads it from the system; throws for a user with a number only, as in a container
 * @returns the home folder of the person who runs the program; empty where there is none
 */
export function homeFolder(read: () => string = homedir): string {
  try {
    return read();
  } catch {
    return '';
  }
}
