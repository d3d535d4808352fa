/** Is told what goes on, so that figures can be kept of it; what it does with them changes nothing. */
export interface Observer {
  /**
   * An HTTP request to the portal has ended.
   *
   * @param method as in its address, `batch` included
   * @param result `answered`, or the kind of the failure
   */
  requestEnded(method: string, result: string, seconds: number): void;
  /** A request that invites has waited for its place in the budget, or is to come again after that. */
  budgetWaited(seconds: number): void;
  /** The portal has worked on so many invitations of one request. */
  invitationsTook(pairs: number, serverSeconds: number): void;
}

/** Keeps no figures. */
export const NO_OBSERVER: Observer = {
  requestEnded: () => {},
  budgetWaited: () => {},
  invitationsTook: () => {},
};
