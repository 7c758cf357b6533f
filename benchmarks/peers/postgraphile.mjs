/** PostGraphile over the registry's tables: what it makes of them by itself, with lists instead of connections.
 *
 *     node postgraphile.mjs            one statement for the whole query, which is what it does by itself
 *     node postgraphile.mjs split      one statement for each list of a level
 */

import { createServer } from "node:http";
import { postgraphile } from "postgraphile";
import { makePgService } from "postgraphile/adaptors/pg";
import { grafserv } from "postgraphile/grafserv/node";
import { PostGraphileAmberPreset } from "postgraphile/presets/amber";
import { listen, pool } from "./serving.mjs";

/** One statement returns a list in a list as text in text: quotes double at each level, n6 has 12 and n8 has 16. */
const SplitPlugin = {
  name: "SplitPlugin",
  version: "1.0.0",
  schema: {
    hooks: {
      GraphQLObjectType_fields_field(field, _build, { scope: { isPgManyRelationListField } }) {
        if (!isPgManyRelationListField) return field;
        const { plan } = field;
        return {
          ...field,
          plan(...given) {
            const $rows = plan(...given);
            $rows.setInliningForbidden();
            return $rows;
          },
        };
      },
    },
  },
};

const instance = postgraphile({
  extends: [PostGraphileAmberPreset],
  plugins: process.argv.includes("split") ? [SplitPlugin] : [],
  // It would take away the conditions on columns without an index, such as `deleted_at`.
  disablePlugins: ["PgIndexBehaviorsPlugin"],
  schema: { defaultBehavior: "-connection -resource:connection +list +resource:list" },
  pgServices: [makePgService({ pool, schemas: ["public"], pubsub: false })],
  // n8 needs more than the 100 layers that are the default.
  grafast: { explain: false, maxPlanningDepth: 1000 },
  grafserv: { graphqlPath: "/graphql", graphiql: false, watch: false, websockets: false },
});

const server = createServer();
await instance.createServ(grafserv).addTo(server);
await instance.getSchema();
listen(server);
