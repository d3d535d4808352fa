import { homedir } from 'node:os';

/**
 * @param ask the system, which throws where a user is known by number only, as in a container
 * @returns the folder of the person who runs the program; empty where there is none
 */
export function homeFolder(read: () => string = homedir): string {
  try {
    return read();
  } catch {
    return '';
  }
}
