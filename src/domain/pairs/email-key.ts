/** @returns an address in the form for comparisons: in lower case, without blanks around it */
export const emailKey = (email: string): string => email.trim().toLowerCase();
