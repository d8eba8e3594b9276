// The built program, started for a test or a picture and stopped after it.
import { execFileSync, spawn } from 'node:child_process';

const program = new URL('../../build/followthrough', import.meta.url).pathname;

// A setting of the person at the keyboard must not lead the program to a record that is used.
const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('FOLLOWTHROUGH_')));

/** Runs a command that ends by itself. */
export const run = (args, input = '') => execFileSync(program, args, { input, env });

/** Starts a command that serves on a free port, and returns its address and how to stop it. */
export async function start(...args) {
  const server = spawn(program, [...args, '--addr', '127.0.0.1:0'], { env });
  const url = await new Promise((found, failed) => {
    let out = '';
    const read = (b) => {
      out += b;
      const at = out.match(/http:\/\/127\.0\.0\.1:\d+/);
      if (at) found(at[0]);
    };
    server.stdout.on('data', read);
    server.stderr.on('data', read);
    server.on('error', failed);
    server.on('exit', () => failed(new Error(`the program ended: ${out}`)));
  });
  const stop = async () => {
    server.removeAllListeners('exit');
    const ended = new Promise((done) => server.on('exit', done));
    server.kill('SIGTERM');
    await ended;
  };
  return { url, stop };
}
