/** What both peers share: a pool of ten connections (told where by the PG* variables), and how they start. */

import pg from "pg";

// Without JIT, as ours: it would compile the large statements anew for each request.
export const pool = new pg.Pool({ max: 10, options: "-c TimeZone=UTC -c jit=off" });

/** Listen on a free port of the loopback interface; the URL is the only line of output. */
export function listen(server) {
  server.listen({ port: 0, host: "127.0.0.1", backlog: 2048 }, () => {
    console.log(`serves http://127.0.0.1:${server.address().port}`);
  });
}
