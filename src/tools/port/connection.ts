import type { BootPolicy, System } from '../../model/system.ts';

/**
 * One connection to a target. It ends with the target's boot at the latest, so that what the system says of itself is asked
 * once on it.
 */
export class Connection {
  #system: System | undefined;
  #bootPolicy: { readonly read: BootPolicy | undefined } | undefined;

  /** What `ask` gave the first time. Rejects as that does, and asks again then. */
  async system(ask: () => Promise<System>): Promise<System> {
    this.#system ??= await ask();
    return this.#system;
  }

  /** The same for what its owner chose in Recovery, which changes at a start only; undefined where it cannot be read. */
  async bootPolicy(ask: () => Promise<BootPolicy | undefined>): Promise<BootPolicy | undefined> {
    this.#bootPolicy ??= { read: await ask() };
    return this.#bootPolicy.read;
  }
}

/** The connection that a target has at a moment. */
export class CurrentConnection {
  #current: { readonly which: string; readonly connection: Connection } | undefined;

  /** The one that goes by that name: another name is another connection. */
  named(which: string): Connection {
    if (this.#current?.which !== which) this.#current = { which, connection: new Connection() };
    return this.#current.connection;
  }
}
