/**
 * Queries that are built and compiled once: for Kysely that costs several times what SQLite takes to answer. For the
 * statements that every case passes; elsewhere a query is written where it is needed.
 */
import type { CompiledQuery, Kysely, QueryExecutorProvider, QueryResult } from 'kysely';
import type { Database } from './database.ts';
import { directOf } from './direct-connection.ts';

export type PreparedQuery<Values, Row> = {
  all(db: Kysely<Database>, values: Values): Promise<Row[]>;
  first(db: Kysely<Database>, values: Values): Promise<Row | undefined>;
  /** For what changes rows: how many. */
  run(db: Kysely<Database>, values: Values): Promise<number>;
};

type Compilable<Row> = { compile(db: QueryExecutorProvider): CompiledQuery<Row> };

/** `build` is called once with stand-ins: it may pass its values on as they are, and look at none. */
export function prepareQuery<Values extends Record<string, unknown>, Row>(build: (db: Kysely<Database>, values: Values) => Compilable<Row>): PreparedQuery<Values, Row> {
  const compiledByDb = new WeakMap<Kysely<Database>, CompiledQuery<Row>>();
  const compiledFor = (db: Kysely<Database>): CompiledQuery<Row> => {
    const known = compiledByDb.get(db);
    if (known) return known;
    const compiled = build(db, standIns<Values>()).compile(db);
    compiledByDb.set(db, compiled);
    return compiled;
  };
  const execute = async (db: Kysely<Database>, values: Values): Promise<QueryResult<Row>> => {
    const compiled = compiledFor(db);
    const parameters = compiled.parameters.map((parameter) => (parameter instanceof StandIn ? values[parameter.name] : parameter));
    const direct = directOf(db);
    if (direct === undefined) return db.executeQuery<Row>({ ...compiled, parameters });
    if (direct.turns === null) return direct.execute<Row>(compiled.sql, parameters);
    await direct.turns.take();
    try {
      return direct.execute<Row>(compiled.sql, parameters);
    } finally {
      direct.turns.give();
    }
  };
  return {
    all: async (db, values) => (await execute(db, values)).rows,
    first: async (db, values) => (await execute(db, values)).rows[0],
    run: async (db, values) => Number((await execute(db, values)).numAffectedRows ?? 0),
  };
}

/** Takes the place of a value in a compiled query's parameters. */
class StandIn {
  readonly name: string;
  constructor(name: string) {
    this.name = name;
  }
}

/** The border: Kysely passes parameters through unseen, so that a stand-in may bear the value's type. */
function standIns<Values>(): Values {
  return new Proxy({}, { get: (_, name) => new StandIn(String(name)) }) as Values;
}
