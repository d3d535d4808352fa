/** @returns an address as it is compared: without regard to case and to blanks around it */
export const emailKey = (email: string): string => email.trim().toLowerCase();
