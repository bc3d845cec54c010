// Serves connect four on HOST and PORT: games in memory or, with DATABASE_URL, in PostgreSQL.

import { PostgresStore } from "bgio-postgres";
import { Server } from "boardgame.io/server";
import pg from "pg";
import { parse } from "pg-connection-string";
import { connect4 } from "./game.mjs";

// Sequelize's own are 5, with which 10 and 50 pairs of players made fewer moves.
const CONNECTIONS = 20;
const ORPHANED_AFTER_MS = 1000;

function storage(url) {
  const { host, port, user, database } = parse(url);
  return new PostgresStore({
    host,
    port,
    database,
    username: user,
    pool: { max: CONNECTIONS },
    // It would print every statement, and look for `pg` in a folder beside this file.
    logging: false,
    dialectModule: pg,
  });
}

const { DATABASE_URL, HOST, PORT } = process.env;

// Whoever started it may have been killed.
const parent = process.ppid;
setInterval(() => process.ppid === parent || process.exit(), ORPHANED_AFTER_MS).unref();

const server = Server({
  games: [connect4],
  origins: [],
  ...(DATABASE_URL && { db: storage(DATABASE_URL) }),
});
server.router.get("/status", (context) => {
  context.body = "Running";
});
server.run({ port: { host: HOST, port: Number(PORT) } });
