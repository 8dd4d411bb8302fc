/** One step forward of the schema, run once in a transaction of its own. A step that was released never changes. */
export interface Migration {
  /** 1, 2, 3 …: the `user_version` that it leaves. */
  readonly version: number;
  readonly name: string;
  readonly sql: string;
}
