import { EventEmitter, setMaxListeners } from 'node:events';
import { Faults } from '../fault-list.ts';
import type { FaultKind } from '../faults.ts';
import { Gate } from '../gate.ts';
import { type Limits, limitsOf, type SandboxOptions } from '../sandbox-options.ts';
import type { Variants } from '../variants.ts';
import { countOne, emptyCounters } from './counters.ts';
import { LeakyBucket } from './leaky-bucket.ts';
import { OperatingBaskets } from './operating-baskets.ts';
import { seededRandom } from './random.ts';
import { type KeptGroup, type KeptRelation, Relations } from './sandbox-relations.ts';
import { relation, type SeedUser } from './seed.ts';
import { type ServerSpeed, ServerWork } from './server-work.ts';

/** The invitations of one person to one group. */
export interface Notification {
  count: number;
  /** Text of the last one; '' for the portal's default. */
  message: string;
  /** Whether the last invitation was withdrawn and its notification with it. @default false */
  withdrawn?: boolean;
}

/** A notification that a caller sent to one person. */
export interface PersonalNotification {
  userId: number;
  message: string;
}

/** A relation that the webhook has removed. */
export interface Withdrawal
  extends Pick<KeptRelation, 'role' | 'initiatedBy' | 'initiatorId' | 'createdAt'> {
  groupId: number;
  userId: number;
  /** Unix seconds of the portal's clock. */
  at: number;
}

/** The state of a sandbox, from start to stop. */
export class Portal {
  readonly callerId: number;
  readonly users: ReadonlyMap<number, SeedUser>;
  readonly groups: ReadonlyMap<number, KeptGroup>;
  readonly relations: Relations;
  readonly scopes: readonly string[];
  readonly coarseTime: boolean;
  readonly isAdmin: boolean;
  readonly license: string;
  readonly absent: ReadonlySet<string>;
  readonly variants: Variants;
  readonly limits: Limits;
  /** Unix seconds of the portal's clock. */
  readonly now: () => number;
  readonly bucket: LeakyBucket;
  readonly operating: OperatingBaskets;
  readonly faults: Faults;
  readonly gate: Gate;
  readonly counters = emptyCounters();
  /** Emits `change` whenever a request arrives, waits, continues or ends, or a person is invited. */
  readonly changes = new EventEmitter<{ change: [] }>().setMaxListeners(0);
  /** By group, then by user. */
  readonly notifications = new Map<number, Map<number, Notification>>();
  /** In the order of their ids, which begin with 1. */
  readonly personalNotifications: PersonalNotification[] = [];
  readonly withdrawals: Withdrawal[] = [];
  /** The webhook's secret; a new one revokes the old. */
  code: string;
  readonly #stop = new AbortController();
  readonly #pace: ServerSpeed;

  constructor(options: SandboxOptions) {
    this.callerId = options.seed.callerId;
    this.users = new Map(options.seed.users.map((user) => [user.id, user]));
    this.now = () => options.now() + options.clockSkewSeconds;
    this.relations = new Relations(this.now);
    const groups = options.seed.groups.map((group) => this.relations.keep(group));
    this.groups = new Map(groups.map((group) => [group.id, group]));
    this.scopes = options.scopes;
    this.coarseTime = options.coarseTime;
    this.isAdmin = options.isAdmin;
    this.license = options.license;
    this.absent = new Set(options.absent);
    this.variants = options;
    this.code = options.code;
    this.limits = limitsOf(options);
    this.bucket = new LeakyBucket(this.limits);
    this.operating = new OperatingBaskets(this.limits);
    this.faults = new Faults(seededRandom(options.faultSeed));
    setMaxListeners(0, this.#stop.signal);
    this.gate = new Gate(this.#stop.signal, () => this.changes.emit('change'));
    this.#pace = {
      signal: this.#stop.signal,
      requestLimitSeconds: () => this.limits.requestLimitSeconds,
      slowdown: () =>
        1 + this.limits.slowdownPerConcurrent * Math.max(0, this.counters.inFlight - 1),
    };
  }

  /** Aborts when the sandbox stops. */
  get signal(): AbortSignal {
    return this.#stop.signal;
  }

  /** Ends all work at once; nothing more is executed. */
  stop(): void {
    this.#stop.abort();
  }

  /** @returns the server time of a new request. */
  startWork(): ServerWork {
    return new ServerWork(this.#pace);
  }

  /** @returns whether the bucket accepts one more request. */
  admits(): boolean {
    return this.bucket.take(this.now());
  }

  /** Counts the fault and waits until the gate is opened. @throws the signal's reason at the stop */
  async waitAtGate(kind: FaultKind): Promise<void> {
    countOne(this.counters.faults, kind);
    await this.gate.wait();
  }

  /** @returns the group, or undefined when there is none or the caller cannot see it. */
  visibleGroup(id: number): KeptGroup | undefined {
    const group = this.groups.get(id);
    return group?.visible === true ? group : undefined;
  }

  /** @returns whether the caller may invite into the group; administrators may into every visible one */
  mayInvite({ callerMayInvite }: KeptGroup): boolean {
    return !this.variants.workgroupsOff && (this.isAdmin || callerMayInvite);
  }

  /**
   * Writes the invitation and counts its notification, also when it is not the first. An extranet user who
   * never logged in gets none.
   */
  invite(group: KeptGroup, userId: number, message: string): void {
    group.relations.delete(userId);
    const invited = { ...relation('Z', 'G'), initiatorId: this.callerId };
    this.relations.set(group, userId, invited);
    const user = this.users.get(userId);
    if (user?.kind === 'extranet' && user.hasLoggedIn === false) return;
    let byUser = this.notifications.get(group.id);
    if (byUser === undefined) {
      byUser = new Map();
      this.notifications.set(group.id, byUser);
    }
    const count = (byUser.get(userId)?.count ?? 0) + 1;
    byUser.set(userId, { count, message });
    this.changes.emit('change');
  }

  /** Deletes the relation, and the notification of its invitation. */
  withdraw(group: KeptGroup, userId: number): void {
    const found = group.relations.get(userId);
    if (found !== undefined) {
      const { role, initiatedBy, initiatorId, createdAt } = found;
      this.withdrawals.push({
        groupId: group.id,
        userId,
        role,
        initiatedBy,
        initiatorId,
        createdAt,
        at: this.now(),
      });
    }
    group.relations.delete(userId);
    const notification = this.notifications.get(group.id)?.get(userId);
    if (notification !== undefined) notification.withdrawn = true;
    this.changes.emit('change');
  }
}
