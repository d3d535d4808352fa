/** Receives events of the program for metrics; it has no influence on the program. */
export interface Observer {
  /** @param method as in the address, such as `batch`. @param result `answered`, or the failure's kind */
  requestEnded(method: string, result: string, seconds: number): void;
  /** An inviting request has waited for the budget, or returns to the queue for that time. */
  budgetWaited(seconds: number): void;
  /** The portal has processed the invitations of one request. */
  invitationsTook(pairs: number, serverSeconds: number): void;
}

export const NO_OBSERVER: Observer = {
  requestEnded: () => {},
  budgetWaited: () => {},
  invitationsTook: () => {},
};
