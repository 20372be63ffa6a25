// Programs that are started for a test and go with it.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { createInterface } from "node:readline";

const running = new Set();
process.on("exit", () => running.forEach(end));
// A test that takes too long is ended by a signal.
process.on("SIGTERM", () => process.exit(1));

/** Starts a program in a group of its own, so that what it starts goes with it. */
export function start(command, args, env = {}) {
  const child = spawn(command, args, { env: { ...process.env, ...env }, stdio: ["ignore", "pipe", "pipe"], detached: true });
  // Read on, or a program that says much would stop until somebody does.
  child.stdout.resume();
  child.stderr.resume();
  child.on("error", (error) => {
    throw new Error(`${command} does not start: ${error.message}`);
  });
  running.add(child);
  return child;
}

/** Ends a program and all it has started. */
export function end(child) {
  if (!running.delete(child)) return;
  try {
    process.kill(-child.pid, "SIGKILL");
  } catch {
    // All of it has ended by itself.
  }
}

/** Calls back with each line that comes. */
export function lines(stream, heard) {
  createInterface({ input: stream }).on("line", heard);
}

/** Starts a program that goes on as long as the tests do, and gives the first line it says. */
export async function lineFrom(command, args) {
  const child = start(command, args);
  const [line] = await once(createInterface({ input: child.stdout }), "line");
  // The tests do not wait for it.
  for (const held of [child, child.stdout, child.stderr]) held.unref();
  return line;
}

/** A port that nobody listens to. */
export async function freePort() {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address();
  await new Promise((done) => server.close(done));
  return port;
}
