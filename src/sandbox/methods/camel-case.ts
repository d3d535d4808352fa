/** @returns a field's name as the newer methods write it, such as `userId` for `USER_ID` */
export function camelCase(name: string): string {
  return name.toLowerCase().replace(/_(.)/g, (_, letter: string) => letter.toUpperCase());
}
