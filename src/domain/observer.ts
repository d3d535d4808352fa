/** Receives events of the program for metrics; it has no influence on the program. */
export interface Observer {
  /**
   * An HTTP request to the portal has ended.
   *
   * @param method name in the request's address, `batch` included
   * @param result `answered`, or the kind of the failure
   */
  requestEnded(method: string, result: string, seconds: number): void;
  /** An inviting request has waited for the budget, or returns to the queue for that time. */
  budgetWaited(seconds: number): void;
  /** The portal has processed the invitations of one request. */
  invitationsTook(pairs: number, serverSeconds: number): void;
}

/** Ignores all events. */
export const NO_OBSERVER: Observer = {
  requestEnded: () => {},
  budgetWaited: () => {},
  invitationsTook: () => {},
};
