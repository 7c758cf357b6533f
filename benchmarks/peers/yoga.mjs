/** GraphQL Yoga with a DataLoader for each relation over pg: one prepared statement for each relation of a level. */

import { createServer } from "node:http";
import DataLoader from "dataloader";
import { createSchema, createYoga } from "graphql-yoga";
import pg from "pg";
import { listen, pool } from "./serving.mjs";

const INT8 = 20;
const TIMESTAMPTZ = 1184;
// Numbers up to 2^53 suffice, and times stay text: a Date for each would cost time and microseconds.
pg.types.setTypeParser(INT8, Number);
pg.types.setTypeParser(TIMESTAMPTZ, (text) => text.replace(" ", "T"));

const typeDefs = /* GraphQL */ `
  type Query {
    artifact(id: ID!): Artifact
    collection(id: ID!): Collection
    project(id: ID!): Project
  }
  type Artifact {
    id: ID!
    version: String
    digest: String!
    size: Float!
    createdAt: String!
    inputs(first: Int = 50): [Run!]!
  }
  type Run {
    id: ID!
    name: String!
    displayName: String!
    state: String!
    createdAt: String!
    inputs(first: Int = 50): [Artifact!]!
  }
  type Project {
    id: ID!
    collections(first: Int = 50): [Collection!]!
  }
  type Collection {
    id: ID!
    name: String!
    type: String!
    updatedAt: String!
    versions(first: Int = 50): [Membership!]!
    actionHistory(first: Int = 50): [ActionEvent!]!
  }
  type Membership {
    id: ID!
    version: String!
    createdAt: String!
    aliases: [Alias!]!
    artifact: Artifact!
  }
  type Alias {
    name: String!
  }
  type ActionEvent {
    id: ID!
    kind: String!
    createdAt: String!
    version: String
    alias: String
    reason: String
    actor: User!
    artifact: Artifact
  }
  type User {
    id: ID!
    username: String!
  }
`;

const KEYS = "unnest($1::bigint[]) AS keys(key)";
const VERSION = `'v' || version_index AS version`;
const ARTIFACT = `artifact.id, 'v' || artifact.version_index AS version, artifact.digest, artifact.size,
  artifact.created_at AS "createdAt"`;
const RUN = `run.id, run.name, run.display_name AS "displayName", run.state, run.created_at AS "createdAt"`;
const COLLECTION = `id, name, type, updated_at AS "updatedAt"`;

/** The first of each key's rows; `sql` may use `key` and `$2`. */
const page = (columns, sql, join = "") =>
  `SELECT key, ${columns} FROM ${KEYS} CROSS JOIN LATERAL (${sql} LIMIT $2) AS page ${join}`;

const ONE = {
  artifact: `SELECT artifact.id AS key, ${ARTIFACT} FROM artifact WHERE id = ANY($1::bigint[])`,
  collection: `SELECT id AS key, ${COLLECTION} FROM collection WHERE id = ANY($1::bigint[])`,
  project: `SELECT id AS key, id FROM project WHERE id = ANY($1::bigint[])`,
  user: `SELECT id AS key, id, name AS username FROM entity WHERE id = ANY($1::bigint[])`,
};

const MANY = {
  runs:
    page(RUN, "SELECT run_id FROM run_output WHERE artifact_id = key ORDER BY run_id", "JOIN run ON run.id = run_id") +
    " ORDER BY key, run_id",
  artifacts:
    page(
      ARTIFACT,
      "SELECT artifact_id FROM run_input WHERE run_id = key ORDER BY artifact_id",
      "JOIN artifact ON artifact.id = artifact_id",
    ) + " ORDER BY key, artifact_id",
  collections: page(
    "page.*",
    `SELECT ${COLLECTION} FROM collection WHERE project_id = key AND deleted_at IS NULL ORDER BY name`,
  ),
  versions: page(
    "page.*",
    `SELECT id, ${VERSION}, created_at AS "createdAt", artifact_id FROM membership
     WHERE collection_id = key AND removed_at IS NULL ORDER BY version_index DESC`,
  ),
  history: page(
    "page.*",
    `SELECT id, kind, created_at AS "createdAt", ${VERSION}, alias, reason, actor_id, artifact_id FROM action_event
     WHERE collection_id = key ORDER BY id DESC`,
  ),
};

const ALIASES = `SELECT membership_id AS key, name FROM alias WHERE membership_id = ANY($1::bigint[]) ORDER BY name`;

const query = async (name, text, values) => (await pool.query({ name, text, values })).rows;

const grouped = (keys, rows) => {
  const found = new Map(keys.map((key) => [key, []]));
  for (const row of rows) found.get(row.key).push(row);
  return keys.map((key) => found.get(key));
};

/** The loaders of one request. */
class Loaders {
  #loaders = new Map();

  #load(name, key, batch) {
    let loader = this.#loaders.get(name);
    if (loader === undefined) this.#loaders.set(name, (loader = new DataLoader(batch, { maxBatchSize: Infinity })));
    return loader.load(key);
  }

  one(name, key) {
    return this.#load(name, key, async (keys) => {
      const found = new Map((await query(name, ONE[name], [keys])).map((row) => [row.key, row]));
      return keys.map((key) => found.get(key) ?? null);
    });
  }

  many(name, key, first) {
    return this.#load(`${name} ${first}`, key, async (keys) =>
      grouped(keys, await query(name, MANY[name], [keys, first])),
    );
  }

  aliases(key) {
    return this.#load("aliases", key, async (keys) => grouped(keys, await query("aliases", ALIASES, [keys])));
  }
}

const one = (name) => (_, { id }, { loaders }) => loaders.one(name, Number(id));
const many = (name) => ({ id }, { first }, { loaders }) => loaders.many(name, id, first);

const resolvers = {
  Query: { artifact: one("artifact"), collection: one("collection"), project: one("project") },
  Artifact: { inputs: many("runs") },
  Run: { inputs: many("artifacts") },
  Project: { collections: many("collections") },
  Collection: { versions: many("versions"), actionHistory: many("history") },
  Membership: {
    aliases: ({ id }, _, { loaders }) => loaders.aliases(id),
    artifact: ({ artifact_id }, _, { loaders }) => loaders.one("artifact", artifact_id),
  },
  ActionEvent: {
    actor: ({ actor_id }, _, { loaders }) => loaders.one("user", actor_id),
    artifact: ({ artifact_id }, _, { loaders }) => artifact_id && loaders.one("artifact", artifact_id),
  },
};

const yoga = createYoga({
  schema: createSchema({ typeDefs, resolvers }),
  context: () => ({ loaders: new Loaders() }),
  graphiql: false,
  landingPage: false,
  logging: false,
});
listen(createServer(yoga));
