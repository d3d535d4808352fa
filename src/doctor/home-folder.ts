import { homedir } from 'node:os';

/** @param read throws for a user with a number only, as in a container; the folder is empty then */
export function homeFolder(read: () => string = homedir): string {
  try {
    return read();
  } catch {
    return '';
  }
}
